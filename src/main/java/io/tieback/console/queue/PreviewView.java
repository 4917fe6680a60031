package io.tieback.console.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.console.view.Formats;
import io.tieback.construction.Money;
import io.tieback.wire.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A stored preview as its page draws it: the document as an accountant reads it, beside Procore's
 * figures, with the differences marked. Its JSON is described in docs/approvals.md.
 *
 * @param erp the ERP's name
 * @param action what would be done: {@code create}, {@code add-lines}...; blank when it does not go
 * @param fields heads of the document beside Procore's
 * @param lines the document's lines
 * @param taxed whether a line has tax
 * @param totals what it comes to, beside Procore's figures
 * @param sources Procore's own lines
 * @param invoiced whether those are of an invoice, with retainage
 * @param before what stands in the ERP now
 * @param after how that will be
 * @param beforeTotal what an order comes to now; blank for none
 * @param afterTotal what it will come to
 * @param names fields that change, of a name or a supplier
 * @param codes the codes of a project
 * @param notes what the person should know
 * @param correction what a person corrected in place; null for nothing
 */
record PreviewView(
    String erp,
    String action,
    List<Pair> fields,
    List<Line> lines,
    boolean taxed,
    List<Pair> totals,
    List<Source> sources,
    boolean invoiced,
    List<Change> before,
    List<Change> after,
    String beforeTotal,
    String afterTotal,
    List<Pair> names,
    List<Code> codes,
    List<String> notes,
    Correction correction) {

  /** A figure on both sides. */
  record Pair(String label, String erp, String procore, boolean differs) {}

  /** A line of the document. */
  record Line(
      String kind,
      String description,
      String item,
      String account,
      String quantity,
      String price,
      String amount,
      boolean negative,
      String tax,
      String taxType) {}

  /** A line of Procore. */
  record Source(
      String code,
      String description,
      String quantity,
      String price,
      String amount,
      String retained,
      String released,
      String net,
      boolean used,
      boolean corrected) {}

  /** What a person corrected in place: who, when, and each field with both values. */
  record Correction(String by, String at, List<Pair> fields) {}

  /** A line of an order, before or after. */
  record Change(String description, String amount, boolean added) {}

  /** A code of a project. */
  record Code(String code, String name, String account, boolean fresh) {}

  private static final Set<String> ELSEWHERE =
      Set.of(
          "kind",
          "contact",
          "marker",
          "total",
          "tax",
          "payable",
          "gross",
          "retained",
          "released",
          "taxAmounts",
          "origin_id",
          "id",
          "procoreName",
          "key",
          "existing",
          "renamed",
          "order",
          "lines",
          "totals",
          "notes",
          "items",
          "codes",
          "changes");

  private static final Map<String, String> PROCORES =
      Map.of("contactName", "party", "delivery", "delivery_date");

  /**
   * Reads one.
   *
   * @param said the text of a key, or the key where there is none
   */
  static PreviewView of(String json, Formats formats, UnaryOperator<String> said) {
    return new Reading(Json.read(json), formats, said).view();
  }

  /** Turns the JSON into words and figures of the reader. */
  private static final class Reading {
    private final JsonNode preview;
    private final JsonNode document;
    private final JsonNode procore;
    private final Formats formats;
    private final UnaryOperator<String> said;
    private final String currency;

    Reading(JsonNode preview, Formats formats, UnaryOperator<String> said) {
      this.said = said;
      this.preview = preview;
      this.document = preview.path("document");
      this.procore = preview.path("procore");
      this.formats = formats;
      this.currency = text(document, "currency");
    }

    PreviewView view() {
      boolean invoiced = procore.has("retained");
      JsonNode before = preview.path("before");
      JsonNode after = preview.path("after");
      boolean lists = before.has("lines");
      return new PreviewView(
          text(preview, "erp"),
          text(preview, "action"),
          fields(),
          lines(),
          document.path("totals").hasNonNull("tax")
              && !"0.00".equals(text(document.path("totals"), "tax")),
          invoiced ? invoiceTotals() : orderTotals(),
          sources(),
          invoiced,
          lists ? changes(before) : List.of(),
          lists ? changes(after) : List.of(),
          money(before, "total"),
          money(after, "total"),
          lists || !changed(before, after) ? List.of() : names(before, after),
          codes(),
          notes(),
          correction());
    }

    private List<Pair> fields() {
      List<Pair> fields = new ArrayList<>();
      document
          .fields()
          .forEachRemaining(
              one -> {
                if (!ELSEWHERE.contains(one.getKey())) {
                  String written = shown(one.getValue());
                  String theirs =
                      shown(procore.path(PROCORES.getOrDefault(one.getKey(), one.getKey())));
                  if (!written.isEmpty() || !theirs.isEmpty()) {
                    fields.add(
                        new Pair(
                            label(one.getKey()),
                            written,
                            theirs,
                            !theirs.isEmpty() && !theirs.equals(written)));
                  }
                }
              });
      return fields;
    }

    /** Fields of an ERP's own making keep their names. */
    private String label(String name) {
      String key = "look.field." + name;
      String words = said.apply(key);
      return words.equals(key) ? name : words;
    }

    private List<Line> lines() {
      List<Line> lines = new ArrayList<>();
      for (JsonNode line : document.path("lines")) {
        String amount = money(line, "amount");
        lines.add(
            new Line(
                text(line, "kind"),
                text(line, "description"),
                joined(text(line, "item"), text(line, "itemName")),
                joined(text(line, "account"), text(line, "accountName")),
                quantity(line, "quantity"),
                quantity(line, "unitAmount"),
                amount,
                amount.startsWith("−"),
                money(line, "tax"),
                text(line, "taxType")));
      }
      return lines;
    }

    /** An invoice: the work, what is held of it, what is released, what is to be paid. */
    private List<Pair> invoiceTotals() {
      JsonNode totals = document.path("totals");
      List<Pair> pairs = new ArrayList<>();
      pair(pairs, "look.total.work", figure(totals, "work"), figure(procore, "gross"));
      pair(
          pairs,
          "look.total.held",
          figure(totals, "retainageHeld"),
          negated(figure(procore, "retained")));
      pair(
          pairs,
          "look.total.released",
          figure(totals, "retainageReleased"),
          figure(procore, "released"));
      pair(pairs, "look.total.net", figure(totals, "total"), figure(procore, "net"));
      pair(pairs, "look.total.tax", figure(totals, "tax"), figure(procore, "tax"));
      pair(pairs, "look.total.payable", figure(totals, "payable"), figure(procore, "paymentDue"));
      return pairs;
    }

    private List<Pair> orderTotals() {
      List<Pair> pairs = new ArrayList<>();
      pair(
          pairs,
          "look.total.total",
          figure(document.path("totals"), "total"),
          figure(procore, "total"));
      return pairs;
    }

    private void pair(List<Pair> pairs, String label, Money written, Money theirs) {
      boolean nothing =
          (written == null || written.isZero()) && (theirs == null || theirs.isZero());
      if (nothing && !label.endsWith(".total") && !label.endsWith(".payable")) {
        return;
      }
      if (written == null && theirs == null) {
        return;
      }
      pairs.add(
          new Pair(
              label,
              written == null ? "" : formats.money(written, currency),
              theirs == null ? "" : formats.money(theirs, currency),
              written != null && theirs != null && written.compareTo(theirs) != 0));
    }

    private List<Source> sources() {
      Map<String, Boolean> used = new HashMap<>();
      document
          .path("lines")
          .forEach(line -> line.path("sources").forEach(id -> used.put(id.asText(), true)));
      List<Source> sources = new ArrayList<>();
      for (JsonNode line : procore.path("lines")) {
        sources.add(
            new Source(
                text(line, "costCode"),
                text(line, "description"),
                quantity(line, "quantity"),
                quantity(line, "unitPrice"),
                line.has("gross") ? money(line, "gross") : money(line, "amount"),
                money(line, "retained"),
                money(line, "released"),
                money(line, "net"),
                used.isEmpty() || used.containsKey(text(line, "id")),
                line.path("corrected").asBoolean()));
      }
      return sources;
    }

    private List<Change> changes(JsonNode of) {
      List<Change> changes = new ArrayList<>();
      of.path("lines")
          .forEach(
              line ->
                  changes.add(
                      new Change(
                          text(line, "description"),
                          money(line, "amount"),
                          line.path("added").asBoolean())));
      return changes;
    }

    /** A name that stays as it is, is no change to be shown. */
    private boolean changed(JsonNode before, JsonNode after) {
      return names(before, after).stream().anyMatch(Pair::differs);
    }

    private List<Pair> names(JsonNode before, JsonNode after) {
      Map<String, Pair> pairs = new LinkedHashMap<>();
      before
          .fieldNames()
          .forEachRemaining(
              name -> {
                String was = shown(before.path(name));
                String will = shown(after.has(name) ? after.path(name) : document.path(name));
                pairs.put(name, new Pair(label(name), will, was, !was.equals(will)));
              });
      return List.copyOf(pairs.values());
    }

    private List<Code> codes() {
      List<Code> codes = new ArrayList<>();
      preview
          .path("codes")
          .forEach(
              one ->
                  codes.add(
                      new Code(
                          text(one, "code"),
                          text(one, "name"),
                          text(one, "purchaseAccount"),
                          one.path("new").asBoolean())));
      return codes;
    }

    private List<String> notes() {
      List<String> notes = new ArrayList<>();
      document.path("notes").forEach(one -> notes.add(one.asText()));
      return notes;
    }

    private Correction correction() {
      JsonNode one = preview.path("correction");
      if (!one.isObject()) {
        return null;
      }
      List<Pair> fields = new ArrayList<>();
      one.path("fields")
          .forEach(
              field ->
                  fields.add(
                      new Pair(
                          text(field, "field"),
                          text(field, "corrected"),
                          text(field, "procore"),
                          true)));
      return new Correction(
          text(one, "by"), formats.dateTime(Instant.parse(text(one, "at"))), fields);
    }

    private String shown(JsonNode value) {
      if (value.isObject() || value.isArray()) {
        List<String> parts = new ArrayList<>();
        value.forEach(
            one -> {
              String part = shown(one);
              if (!part.isEmpty()) {
                parts.add(part);
              }
            });
        return String.join(", ", parts);
      }
      if (value.isNull() || value.isMissingNode()) {
        return "";
      }
      String plain = value.asText();
      return plain.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")
          ? formats.date(LocalDate.parse(plain))
          : plain;
    }

    private static Money figure(JsonNode of, String name) {
      return of.hasNonNull(name) ? Money.of(of.path(name).asText()) : null;
    }

    private static Money negated(Money amount) {
      return amount == null ? null : amount.negated();
    }

    private String money(JsonNode of, String name) {
      Money amount = figure(of, name);
      return amount == null ? "" : formats.money(amount, currency);
    }

    private String quantity(JsonNode of, String name) {
      return of.hasNonNull(name) ? formats.quantity(new BigDecimal(of.path(name).asText())) : "";
    }

    private static String text(JsonNode of, String name) {
      return of.path(name).isNull() ? "" : of.path(name).asText("");
    }

    private static String joined(String code, String name) {
      return name.isEmpty() || name.equals(code) ? code : code + " " + name;
    }
  }
}
