package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.Names;
import io.tieback.construction.Outgoing;
import io.tieback.construction.Supplier;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.WrittenDocument;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import io.tieback.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Companies as vendors (reference section 3.1; QBO-COY-01). The marker stands in {@code Notes}. A
 * vendor that is there already is only looked at: nothing of it is ever written.
 *
 * <p>A name is one for vendors, customers and employees together, so that a vendor cannot come into
 * being twice; a name that is taken is refused with what a person can do (code 6240).
 */
final class QuickBooksVendors implements QuickBooksKind {

  private static final String LOOKING = "looking for vendors";
  private static final List<String> LINES = List.of("Line1", "Line2", "Line3", "Line4", "Line5");
  private static final List<String> NAMED = List.of("Customer", "Employee");

  private final QuickBooksCalls calls;

  QuickBooksVendors(QuickBooksCalls calls) {
    this.calls = calls;
  }

  @Override
  public String writing() {
    return "creating a vendor";
  }

  @Override
  public String looking() {
    return LOOKING;
  }

  @Override
  public ErpDocument render(Outgoing outgoing) {
    Supplier supplier = (Supplier) outgoing;
    ObjectNode vendor = Json.object();
    if (supplier.existing() != null) {
      vendor.put("DisplayName", supplier.name());
      return QuickBooksEnvelope.toLink(
          supplier.marker(), QuickBooksEntity.VENDOR, supplier.existing(), vendor);
    }
    QuickBooksName.check(
        supplier.name(), "company " + supplier.vendorId(), QuickBooksLimits.VENDOR_NAME_LENGTH);
    vendor.put("DisplayName", supplier.name());
    if (supplier.emailAddress() != null) {
      fits(supplier.emailAddress(), QuickBooksLimits.EMAIL_LENGTH, "e-mail address", supplier);
      vendor.putObject("PrimaryEmailAddr").put("Address", supplier.emailAddress());
    }
    String notes = QuickBooksMarker.inBrackets(supplier.marker()) + numbers(vendor, supplier);
    fits(notes, QuickBooksLimits.VENDOR_NOTE_LENGTH, "telephone numbers", supplier);
    vendor.put(QuickBooksMarker.VENDOR_NOTE, notes);
    if (supplier.address() != null) {
      address(vendor.putObject("BillAddr"), supplier);
    }
    return QuickBooksEnvelope.toCreate(supplier.marker(), QuickBooksEntity.VENDOR, null, vendor);
  }

  /** Puts each number where it belongs; gives those that have no place, for the notes. */
  private static String numbers(ObjectNode vendor, Supplier supplier) {
    StringBuilder further = new StringBuilder();
    Set<String> taken = new HashSet<>();
    for (Supplier.Phone phone : supplier.phones()) {
      String field =
          places(phone.use()).stream()
              .filter(place -> !taken.contains(place))
              .findFirst()
              .orElse("");
      if (field.isEmpty()) {
        further
            .append('\n')
            .append(phone.use().name().toLowerCase(Locale.ROOT))
            .append(": ")
            .append(phone.number());
      } else {
        taken.add(field);
        vendor.putObject(field).put("FreeFormNumber", phone.number());
      }
    }
    return further.toString();
  }

  private static List<String> places(Supplier.PhoneUse use) {
    return switch (use) {
      case BUSINESS -> List.of("PrimaryPhone", "AlternatePhone");
      case MOBILE -> List.of("Mobile");
      case FAX -> List.of("Fax");
    };
  }

  private static void address(ObjectNode json, Supplier supplier) {
    Supplier.Address address = supplier.address();
    List<String> lines = address.street() == null ? List.of() : address.street().lines().toList();
    if (lines.size() > LINES.size()) {
      throw new IllegalArgumentException(
          "the address of company "
              + supplier.vendorId()
              + " has "
              + lines.size()
              + " lines, QuickBooks Online takes "
              + LINES.size()
              + ": write it in fewer lines in Procore");
    }
    for (int i = 0; i < lines.size(); i++) {
      json.put(LINES.get(i), lines.get(i));
    }
    QuickBooksJson.put(json, "City", address.city());
    QuickBooksJson.put(json, "CountrySubDivisionCode", address.region());
    QuickBooksJson.put(json, "PostalCode", address.postalCode());
    QuickBooksJson.put(json, "Country", address.country());
  }

  private static void fits(String text, int longest, String field, Supplier supplier) {
    if (text.length() > longest) {
      throw new IllegalArgumentException(
          field
              + " of company "
              + supplier.vendorId()
              + " has "
              + text.length()
              + " characters, QuickBooks Online takes "
              + longest
              + ": shorten it in Procore");
    }
  }

  @Override
  public QuickBooksComparison.Result compare(QuickBooksEnvelope sent, JsonNode shown) {
    List<String> warnings = new ArrayList<>();
    if (sent.linked() == null) {
      QuickBooksComparison.differs(
          "DisplayName", sent.name(), QuickBooksJson.text(shown, "DisplayName"), warnings);
      QuickBooksComparison.unmarked(sent, shown, warnings);
    }
    return new QuickBooksComparison.Result(
        new WrittenDocument(
            sent.marker(),
            QuickBooksJson.id(shown),
            String.valueOf(QuickBooksJson.text(shown, "DisplayName")),
            List.of(),
            null,
            isGone(shown) ? "INACTIVE" : "ACTIVE",
            warnings),
        List.of());
  }

  @Override
  public boolean isOurs(QuickBooksEnvelope sent, JsonNode shown) {
    return sent.marker().equals(QuickBooksMarker.of(shown));
  }

  /** None: a second one of the same name is refused by QuickBooks itself. */
  @Override
  public boolean isTwin(QuickBooksEnvelope sent, JsonNode shown) {
    return false;
  }

  @Override
  public Failure doubt(QuickBooksEnvelope sent, JsonNode twin) {
    return Failure.of(
        FailureKind.UNKNOWN,
        "QuickBooks holds vendor " + QuickBooksJson.id(twin) + " of this name",
        "Link the company to it.");
  }

  @Override
  public boolean isGone(JsonNode shown) {
    return !QuickBooksJson.isActive(shown);
  }

  @Override
  public List<JsonNode> named(QuickBooksEnvelope sent) {
    return ofName("Vendor", sent.name());
  }

  private List<JsonNode> ofName(String entity, String name) {
    return calls
        .query(
            "select * from "
                + entity
                + " where DisplayName = "
                + QuickBooksQuery.quoted(name)
                + " and "
                + QuickBooksQuery.ALSO_INACTIVE,
            entity,
            LOOKING)
        .records();
  }

  @Override
  public QuickBooksFound createdSince(QuickBooksEnvelope sent, Instant since) {
    return calls.query(
        QuickBooksQuery.select(
            QuickBooksEntity.VENDOR,
            QuickBooksQuery.createdSince(since) + " and " + QuickBooksQuery.ALSO_INACTIVE),
        QuickBooksEntity.VENDOR.wireName(),
        LOOKING);
  }

  @Override
  public Turn refused(QuickBooksEnvelope sent, QuickBooksAnswer answer) {
    if (!answer.has(QuickBooksAnswer.NAME_TAKEN)) {
      return Turn.no(answer.messages());
    }
    List<String> messages = new ArrayList<>(answer.messages());
    for (JsonNode vendor : named(sent)) {
      if (isOurs(sent, vendor)) {
        return Turn.there(vendor);
      }
      messages.add(
          "Vendor "
              + QuickBooksJson.id(vendor)
              + " in QuickBooks has the name '"
              + sent.name()
              + "'"
              + (isGone(vendor)
                  ? " and is inactive. Make it active there and link the company to it"
                  : ". Link the company to it")
              + " ('./tieback companies'), or give one of the two another name, then replay.");
      return Turn.no(messages);
    }
    for (String entity : NAMED) {
      for (JsonNode holder : ofName(entity, sent.name())) {
        messages.add(
            entity
                + " "
                + QuickBooksJson.id(holder)
                + " in QuickBooks has the name '"
                + sent.name()
                + "', and QuickBooks takes a name once among vendors, customers and employees. Give"
                + " the company another name in Procore, such as '"
                + Names.tidy(sent.name())
                + " (V)', or rename the "
                + entity.toLowerCase(Locale.ROOT)
                + " in QuickBooks, then replay. Or create the vendor in QuickBooks under a name of"
                + " its own and link the company to it ('./tieback companies').");
        return Turn.no(messages);
      }
    }
    messages.add(
        "Somebody in QuickBooks has the name '"
            + sent.name()
            + "'. Give the company another name in Procore, or rename the other in QuickBooks.");
    return Turn.no(messages);
  }
}
