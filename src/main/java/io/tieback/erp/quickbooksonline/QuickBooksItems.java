package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.CostItem;
import io.tieback.construction.Outgoing;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Cost codes with their types as flat service items (reference section 3.3; QBO-WBS-01 to
 * QBO-WBS-04). Only ever created; what is there already is linked and not touched. The name is
 * unique in QuickBooks, so that no item can come twice, and it is found again by it.
 */
final class QuickBooksItems implements QuickBooksKind {

  private static final String MARKER = "item:";
  private static final String LOOKING = "looking for items";

  private final QuickBooksStyle style;
  private final QuickBooksReferences references;
  private final QuickBooksCalls calls;

  QuickBooksItems(QuickBooksStyle style, QuickBooksReferences references, QuickBooksCalls calls) {
    this.style = style;
    this.references = references;
    this.calls = calls;
  }

  @Override
  public String writing() {
    return "creating an item";
  }

  @Override
  public String looking() {
    return LOOKING;
  }

  @Override
  public ErpDocument render(Outgoing outgoing) {
    CostItem cost = (CostItem) outgoing;
    ObjectNode item = Json.object();
    if (cost.key() != null) {
      item.put("Name", cost.code());
      return QuickBooksEnvelope.toLink(cost.marker(), QuickBooksEntity.ITEM, cost.key(), item);
    }
    if (!cost.marker().equals(MARKER + cost.code())) {
      throw new IllegalArgumentException(
          "marker "
              + cost.marker()
              + " is not that of item "
              + cost.code()
              + ": a step of the route changed it");
    }
    QuickBooksName.check(
        cost.code(), "cost code " + cost.code(), QuickBooksLimits.ITEM_NAME_LENGTH);
    String of = "item " + cost.code();
    item.put("Name", cost.code()).put("Type", "Service");
    String words = cost.description() == null ? cost.name() : cost.description();
    if (words != null && words.length() > QuickBooksLimits.DESCRIPTION_LENGTH) {
      throw new IllegalArgumentException(
          "description of "
              + of
              + " has "
              + words.length()
              + " characters, QuickBooks Online takes "
              + QuickBooksLimits.DESCRIPTION_LENGTH
              + ": shorten the cost code's name in Procore");
    }
    QuickBooksJson.put(item, "Description", words);
    QuickBooksJson.refer(
        item,
        "IncomeAccountRef",
        account(cost.salesAccountCode(), style.incomeAccount(), "income", of));
    QuickBooksJson.put(item, "PurchaseDesc", words);
    QuickBooksJson.refer(
        item,
        "ExpenseAccountRef",
        account(cost.purchaseAccountCode(), style.expenseAccount(), "expense", of));
    return QuickBooksEnvelope.toCreate(cost.marker(), QuickBooksEntity.ITEM, null, item);
  }

  private String account(String own, String standard, String word, String of) {
    String code = own != null ? own : standard;
    if (code == null) {
      throw new IllegalArgumentException(
          of
              + " has no "
              + word
              + " account, and QuickBooks Online wants one on a service item that stands on bills:"
              + " set the "
              + word
              + " account of items of the connection");
    }
    return references.account(code);
  }

  @Override
  public QuickBooksComparison.Result compare(QuickBooksEnvelope sent, JsonNode shown) {
    List<String> warnings = new ArrayList<>();
    if (sent.linked() == null) {
      for (String field : List.of("Name", "Type", "PurchaseDesc")) {
        QuickBooksComparison.differs(
            "item " + sent.name() + " " + field,
            QuickBooksJson.text(sent.document(), field),
            QuickBooksJson.text(shown, field),
            warnings);
      }
      for (String field : List.of("IncomeAccountRef", "ExpenseAccountRef")) {
        String wanted = QuickBooksJson.reference(sent.document(), field);
        String there = QuickBooksJson.reference(shown, field);
        if (!Objects.equals(wanted, there)) {
          warnings.add(
              QuickBooksComparison.DIFFERENCE
                  + " item "
                  + sent.name()
                  + " "
                  + field
                  + " sent "
                  + wanted
                  + ", in QuickBooks "
                  + (there == null ? "none" : there));
        }
      }
    }
    return new QuickBooksComparison.Result(
        new WrittenDocument(
            sent.marker(),
            QuickBooksJson.id(shown),
            sent.name(),
            List.of(),
            null,
            isGone(shown) ? "INACTIVE" : "ACTIVE",
            warnings),
        List.of());
  }

  /** By its name, with the description that was sent; another's is somebody else's. */
  @Override
  public boolean isOurs(QuickBooksEnvelope sent, JsonNode shown) {
    return isNamed(sent, shown)
        && Objects.equals(
            QuickBooksJson.text(sent.document(), "PurchaseDesc"),
            QuickBooksJson.text(shown, "PurchaseDesc"));
  }

  private static boolean isNamed(QuickBooksEnvelope sent, JsonNode shown) {
    return sent.name().equalsIgnoreCase(String.valueOf(QuickBooksJson.text(shown, "Name")));
  }

  @Override
  public boolean isTwin(QuickBooksEnvelope sent, JsonNode shown) {
    return isNamed(sent, shown);
  }

  @Override
  public Failure doubt(QuickBooksEnvelope sent, JsonNode twin) {
    return Failure.of(
        FailureKind.UNKNOWN,
        "QuickBooks holds item "
            + QuickBooksJson.id(twin)
            + " named "
            + sent.name()
            + ", but with another description than Tieback sent",
        "Look at the item in QuickBooks. If it is to stand for this cost code, set"
            + " work-breakdown.existing-items to use; else rename it there. Then replay the dead"
            + " letter.");
  }

  @Override
  public boolean isGone(JsonNode shown) {
    return !QuickBooksJson.isActive(shown);
  }

  @Override
  public List<JsonNode> named(QuickBooksEnvelope sent) {
    return calls
        .query(
            QuickBooksQuery.select(
                QuickBooksEntity.ITEM,
                "Name = "
                    + QuickBooksQuery.quoted(sent.name())
                    + " and "
                    + QuickBooksQuery.ALSO_INACTIVE),
            QuickBooksEntity.ITEM.wireName(),
            LOOKING)
        .records();
  }

  /** Its name is all that it is found by. */
  @Override
  public QuickBooksFound createdSince(QuickBooksEnvelope sent, Instant since) {
    return QuickBooksFound.NONE;
  }

  @Override
  public Turn refused(QuickBooksEnvelope sent, QuickBooksAnswer answer) {
    if (!answer.has(QuickBooksAnswer.NAME_TAKEN)) {
      return Turn.no(answer.messages());
    }
    List<String> messages = new ArrayList<>(answer.messages());
    for (JsonNode holder : named(sent)) {
      if (isOurs(sent, holder) && !isGone(holder)) {
        return Turn.there(holder);
      }
      messages.add(
          "Item "
              + QuickBooksJson.id(holder)
              + (isGone(holder) ? ", which is inactive," : "")
              + " has the name '"
              + sent.name()
              + "' in QuickBooks. If it is to stand for this cost code, "
              + (isGone(holder) ? "make it active there and " : "")
              + "set work-breakdown.existing-items to use; else rename it there. Then replay.");
    }
    return Turn.no(messages);
  }
}
