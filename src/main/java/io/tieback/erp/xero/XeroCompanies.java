package io.tieback.erp.xero;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.BookedCompany;
import io.tieback.construction.Company;
import io.tieback.construction.CompanyBooks;
import io.tieback.construction.Supplier;
import io.tieback.wire.Failure;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads contacts (Xero reference section 7). Always paged: a list without pages holds fewer fields
 * and never says what a contact was merged into.
 */
final class XeroCompanies {

  private static final String LIST = "Contacts";
  private static final String ID = "ContactID";
  private static final String ARCHIVED_TOO = "includeArchived";

  private final XeroCalls calls;

  XeroCompanies(XeroCalls calls) {
    this.calls = calls;
  }

  /** Every contact, also archived ones: one call for a thousand. */
  CompanyBooks all() {
    return new CompanyBooks(
        read(Map.of(), null, "reading contacts", XeroCompanies::company).records());
  }

  /** One contact as it stands; empty when Xero does not have it. One call. */
  Optional<BookedCompany> find(String idOrNumber) {
    return contact(idOrNumber).map(XeroCompanies::company);
  }

  /** The same as Xero shows it. */
  Optional<JsonNode> contact(String idOrNumber) {
    String path = "/" + LIST + "/" + URLEncoder.encode(idOrNumber, StandardCharsets.UTF_8);
    try {
      JsonNode contacts = calls.get(path, Map.of(), "reading a contact").path(LIST);
      return contacts.size() == 1 ? Optional.of(contacts.get(0)) : Optional.empty();
    } catch (Failure failure) {
      if (failure.status() == 404) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** Contacts by their ids, archived ones too: one call for many. */
  Collection<JsonNode> ofIds(Collection<String> ids) {
    return read(Map.of("IDs", String.join(",", ids)), null, "reading contacts", c -> c).records();
  }

  /** Contacts that changed since, with what to keep of each. */
  <T> XeroPages.Reading<T> read(
      Map<String, String> query, Instant since, String doing, Function<JsonNode, T> keep) {
    Map<String, String> whole = new java.util.LinkedHashMap<>(query);
    whole.put(ARCHIVED_TOO, "true");
    return new XeroPages(calls)
        .read(new XeroPages.Wanted(LIST, ID, whole, since, doing), keep, () -> false);
  }

  private static BookedCompany company(JsonNode contact) {
    List<Supplier.Phone> phones = phones(contact);
    Company company =
        new Company(
            XeroJson.id(contact, ID),
            String.valueOf(XeroJson.text(contact, "Name")),
            XeroJson.text(contact, "TaxNumber"),
            XeroJson.text(contact, "EmailAddress"),
            phones.stream().map(Supplier.Phone::number).toList(),
            XeroJson.text(contact, "BankAccountDetails"));
    return new BookedCompany(
        company,
        XeroJson.text(contact, "ContactNumber"),
        "ACTIVE".equals(XeroJson.text(contact, "ContactStatus")),
        XeroJson.id(contact, "MergedToContactID"),
        contact.path("IsSupplier").asBoolean(false),
        phones,
        address(contact));
  }

  private static List<Supplier.Phone> phones(JsonNode contact) {
    List<Supplier.Phone> phones = new ArrayList<>();
    for (JsonNode phone : contact.path("Phones")) {
      String number =
          Stream.of("PhoneCountryCode", "PhoneAreaCode", "PhoneNumber")
              .map(part -> XeroJson.text(phone, part))
              .filter(part -> part != null)
              .collect(Collectors.joining(" "));
      if (!number.isEmpty()) {
        phones.add(new Supplier.Phone(use(XeroJson.text(phone, "PhoneType")), number));
      }
    }
    return phones;
  }

  private static Supplier.PhoneUse use(String type) {
    return switch (String.valueOf(type)) {
      case "MOBILE" -> Supplier.PhoneUse.MOBILE;
      case "FAX" -> Supplier.PhoneUse.FAX;
      default -> Supplier.PhoneUse.BUSINESS;
    };
  }

  /** The postal address, else the one of the street. */
  private static Supplier.Address address(JsonNode contact) {
    JsonNode chosen = null;
    for (JsonNode address : contact.path("Addresses")) {
      boolean postal = "POBOX".equals(XeroJson.text(address, "AddressType"));
      boolean empty =
          XeroJson.text(address, "AddressLine1") == null && XeroJson.text(address, "City") == null;
      if (!empty && (chosen == null || postal)) {
        chosen = address;
      }
    }
    if (chosen == null) {
      return null;
    }
    JsonNode found = chosen;
    String street =
        Stream.of("AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4")
            .map(line -> XeroJson.text(found, line))
            .filter(line -> line != null)
            .collect(Collectors.joining("\n"));
    return new Supplier.Address(
        street.isEmpty() ? null : street,
        XeroJson.text(found, "City"),
        XeroJson.text(found, "Region"),
        XeroJson.text(found, "PostalCode"),
        XeroJson.text(found, "Country"));
  }
}
