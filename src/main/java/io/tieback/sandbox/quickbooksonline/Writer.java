package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import io.tieback.sandbox.kit.Switches;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** Creates, updates (fully or sparsely), deletes and voids; all or nothing each. */
final class Writer {
  private static final String LAST_LINE = "lastLineId";

  private final Company company;
  private final Switches switches;
  private final Instant now;

  Writer(Company company, Switches switches, Instant now) {
    this.company = company;
    this.switches = switches;
    this.now = now;
  }

  /** Creates, or updates when there is an Id. */
  Company.Entry save(Kind kind, ObjectNode sent, Draft.Options options) {
    if (!kind.isWritable() && !options.people()) {
      throw Refusal.unsupported("Operation " + kind.entity + " create or update is not supported.");
    }
    boolean sparse = sent.path("sparse").asBoolean(false);
    String id = Json.text(sent, "Id");
    if (id == null) {
      if (sparse) {
        throw Refusal.missing("Id");
      }
      return commit(draft(kind, null, clean(kind, sent, false), options), null);
    }
    Company.Entry before = current(kind, sent);
    if (sparse && kind.isTransaction() && sent.has("Line")) {
      throw Refusal.invalid(
          "2020",
          "Required param missing, need to supply the required value for the API",
          "Line cannot be changed by a sparse update; send the full object",
          "Line");
    }
    ObjectNode cleaned = clean(kind, sent, sparse);
    return commit(
        draft(
            kind,
            before,
            sparse ? merged(before.body, cleaned) : replaced(kind, before.body, cleaned),
            options),
        before);
  }

  /** Makes an object with an id of its own choice (seeds). */
  Company.Entry plant(Kind kind, String id, ObjectNode sent) {
    Draft draft = draft(kind, null, clean(kind, sent, false), new Draft.Options(true, true));
    return commit(draft, id, null);
  }

  private Draft draft(Kind kind, Company.Entry before, ObjectNode body, Draft.Options options) {
    return new Draft(company, kind, before, body, options, switches, now);
  }

  private ObjectNode clean(Kind kind, ObjectNode sent, boolean partial) {
    ObjectNode cleaned = kind.shape.clean(sent, partial, this::reference);
    cleaned.remove("Id");
    cleaned.remove("SyncToken");
    if (!partial) {
      dropNulls(cleaned);
    }
    return cleaned;
  }

  private static void dropNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      Set<String> gone = new LinkedHashSet<>();
      object
          .fields()
          .forEachRemaining(
              field -> {
                if (field.getValue().isNull()) {
                  gone.add(field.getKey());
                } else {
                  dropNulls(field.getValue());
                }
              });
      object.remove(gone);
    } else {
      node.forEach(Writer::dropNulls);
    }
  }

  private static ObjectNode merged(ObjectNode before, ObjectNode changes) {
    ObjectNode body = before.deepCopy();
    body.setAll(changes);
    dropNulls(body);
    return body;
  }

  /** A full update: what is not sent is gone, but for what cannot be written (section 4). */
  private static ObjectNode replaced(Kind kind, ObjectNode before, ObjectNode sent) {
    kind.shape
        .fields()
        .values()
        .forEach(
            field -> {
              boolean kept = field.readOnly() || field.name().equals("IsProject");
              if (kept && !sent.has(field.name()) && before.has(field.name())) {
                sent.set(field.name(), before.get(field.name()).deepCopy());
              }
            });
    return sent;
  }

  /** The object that a change names, with a SyncToken that is not stale. */
  private Company.Entry current(Kind kind, ObjectNode sent) {
    String id = Json.text(sent, "Id");
    if (id == null) {
      throw Refusal.missing("Id");
    }
    Company.Entry entry = company.get(kind, id);
    if (entry == null) {
      throw Refusal.notFound(
          "Something you're trying to use has been made inactive or deleted. " + id, "Id");
    }
    JsonNode token = sent.get("SyncToken");
    if (token == null || token.isNull()) {
      throw Refusal.missing("SyncToken");
    }
    if (!token.asText().equals(Integer.toString(entry.syncToken))) {
      throw Refusal.invalid(
          "5010",
          "Stale Object Error",
          "Stale Object Error : You and another user were working on this at the same time. The"
              + " other user finished before you did, so your work was not saved.",
          "");
    }
    return entry;
  }

  private ObjectNode reference(String kindName, String id, String element) {
    Company.Entry found = null;
    if (kindName.isEmpty()) {
      for (Kind kind : new Kind[] {Kind.VENDOR, Kind.CUSTOMER, Kind.EMPLOYEE}) {
        found = found == null ? company.get(kind, id) : found;
      }
    } else if (kindName.equals("TaxCode") && (id.equals("NON") || id.equals("TAX"))) {
      return Json.object().put("value", id);
    } else {
      found = company.get(Kind.named(kindName), id);
    }
    if (found == null) {
      throw Refusal.invalid(
          "2500",
          "Invalid Reference Id",
          "Invalid Reference Id : " + element + " element id " + id + " not found",
          element);
    }
    if (!found.isActive()) {
      throw Refusal.notFound(
          "Something you're trying to use has been made inactive. Check the fields with accounts,"
              + " customers, items, vendors or employees. "
              + element
              + " "
              + id,
          element);
    }
    ObjectNode out = Json.object().put("value", found.id);
    out.put("name", found.text(found.kind.nameField()));
    if (kindName.isEmpty()) {
      out.put("type", found.kind.entity);
    }
    return out;
  }

  private Company.Entry commit(Draft draft, Company.Entry before) {
    return commit(draft, null, before);
  }

  private Company.Entry commit(Draft draft, String id, Company.Entry before) {
    if (draft.kind().isTransaction()) {
      DocumentRules.settle(draft);
    } else if (draft.kind().isList()) {
      NameRules.settle(draft);
    } else if (draft.kind() == Kind.ATTACHABLE) {
      Uploads.settle(draft);
    }
    Set<String> orders = new LinkedHashSet<>();
    Company.Entry entry = before;
    if (before == null) {
      entry =
          company.add(
              draft.kind(), id == null ? company.nextId(draft.kind()) : id, draft.body(), now);
    } else {
      orders.addAll(OrderLinks.orders(before.body));
      company.replace(before, draft.body(), now);
    }
    if (draft.kind() == Kind.BILL_PAYMENT) {
      PaymentRules.apply(company, switches, entry, entry.body, now);
    } else if (draft.kind() == Kind.BILL) {
      orders.addAll(OrderLinks.orders(entry.body));
      orders.forEach(order -> OrderLinks.refresh(company, switches, order, now));
    }
    return entry;
  }

  /** Deletes a transaction or an attachment for good; list objects are made inactive instead. */
  Company.Entry delete(Kind kind, ObjectNode sent) {
    if (!kind.isTransaction() && kind != Kind.ATTACHABLE) {
      throw Refusal.unsupported("Operation delete is not supported for " + kind.entity);
    }
    Company.Entry entry = current(kind, sent);
    if (kind.isTransaction()) {
      Draft.open(company, switches, entry.text("TxnDate"));
    }
    boolean linked =
        company.appliedTo(entry).signum() != 0
            || (kind == Kind.PURCHASE_ORDER && !company.billsOf(entry.id).isEmpty());
    if (linked) {
      throw Refusal.invalid(
          "6540",
          "The transaction is linked to another and cannot be deleted",
          kind.entity + " " + entry.id + " is linked to another transaction. Unlink it first.",
          "");
    }
    company.delete(entry, now);
    if (kind == Kind.BILL_PAYMENT) {
      PaymentRules.apply(company, switches, entry, null, now);
    } else if (kind == Kind.BILL) {
      OrderLinks.orders(entry.body)
          .forEach(order -> OrderLinks.refresh(company, switches, order, now));
    }
    return entry;
  }

  /** Voids a payment: total 0, no lines, its note marked (section 3.7). */
  Company.Entry voidPayment(ObjectNode sent) {
    Company.Entry entry = current(Kind.BILL_PAYMENT, sent);
    Draft.open(company, switches, entry.text("TxnDate"));
    ObjectNode body = entry.body.deepCopy();
    if (switches.flag("voidedLinesKept")) {
      body.path("Line").forEach(line -> ((ObjectNode) line).put("Amount", 0));
    } else {
      body.putArray("Line");
    }
    body.put("TotalAmt", 0);
    String note = entry.text("PrivateNote");
    body.put("PrivateNote", note == null ? "Voided" : "Voided - " + note);
    company.replace(entry, body, now);
    PaymentRules.apply(company, switches, entry, null, now);
    return entry;
  }

  /** The object as it is answered; bookkeeping of the sandbox itself is left out. */
  static ObjectNode view(Company company, Company.Entry entry) {
    ObjectNode out = company.view(entry);
    out.remove(LAST_LINE);
    return out;
  }

  /** What is answered for a deleted object. */
  static ObjectNode stub(Company.Entry entry) {
    return Json.object().put("status", "Deleted").put("domain", "QBO").put("Id", entry.id);
  }
}
