package io.tieback.erp.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.BookedCompany;
import io.tieback.construction.Company;
import io.tieback.construction.CompanyBooks;
import io.tieback.construction.Supplier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads vendors (reference section 3.1; QBO-COY-01). Customers and employees are no companies that
 * send bills and are left where they are. QuickBooks does not say what a vendor was merged into:
 * the one that was merged away is inactive.
 */
final class QuickBooksCompanies {

  private static final String VENDOR = "Vendor";
  private static final Map<String, Supplier.PhoneUse> PHONES =
      Map.of(
          "PrimaryPhone", Supplier.PhoneUse.BUSINESS,
          "AlternatePhone", Supplier.PhoneUse.BUSINESS,
          "Mobile", Supplier.PhoneUse.MOBILE,
          "Fax", Supplier.PhoneUse.FAX);

  private final QuickBooksCalls calls;

  QuickBooksCompanies(QuickBooksCalls calls) {
    this.calls = calls;
  }

  /** Every vendor, also inactive ones: one call for a thousand. */
  CompanyBooks all() {
    return new CompanyBooks(
        new QuickBooksPages(calls)
            .read(
                VENDOR,
                QuickBooksQuery.ALSO_INACTIVE,
                null,
                "reading vendors",
                QuickBooksCompanies::company)
            .records());
  }

  /** One vendor as it stands; empty when QuickBooks does not have it. One call. */
  Optional<BookedCompany> find(String id) {
    return calls
        .query(
            "select * from "
                + VENDOR
                + " where Id = "
                + QuickBooksQuery.quoted(id)
                + " and "
                + QuickBooksQuery.ALSO_INACTIVE,
            VENDOR,
            "reading a vendor")
        .records()
        .stream()
        .findFirst()
        .map(QuickBooksCompanies::company);
  }

  private static BookedCompany company(JsonNode vendor) {
    List<Supplier.Phone> phones = phones(vendor);
    Company company =
        new Company(
            QuickBooksJson.id(vendor),
            String.valueOf(QuickBooksJson.text(vendor, "DisplayName")),
            QuickBooksJson.text(vendor, "TaxIdentifier"),
            QuickBooksJson.text(vendor.path("PrimaryEmailAddr"), "Address"),
            phones.stream().map(Supplier.Phone::number).toList(),
            null);
    return new BookedCompany(
        company,
        QuickBooksMarker.of(vendor),
        QuickBooksJson.isActive(vendor),
        null,
        true,
        phones,
        address(vendor.path("BillAddr")));
  }

  private static List<Supplier.Phone> phones(JsonNode vendor) {
    List<Supplier.Phone> phones = new ArrayList<>();
    for (String field : List.of("PrimaryPhone", "AlternatePhone", "Mobile", "Fax")) {
      String number = QuickBooksJson.text(vendor.path(field), "FreeFormNumber");
      if (number != null) {
        phones.add(new Supplier.Phone(PHONES.get(field), number));
      }
    }
    return phones;
  }

  private static Supplier.Address address(JsonNode address) {
    String street =
        Stream.of("Line1", "Line2", "Line3", "Line4", "Line5")
            .map(line -> QuickBooksJson.text(address, line))
            .filter(line -> line != null)
            .collect(Collectors.joining("\n"));
    String city = QuickBooksJson.text(address, "City");
    if (street.isEmpty() && city == null) {
      return null;
    }
    return new Supplier.Address(
        street.isEmpty() ? null : street,
        city,
        QuickBooksJson.text(address, "CountrySubDivisionCode"),
        QuickBooksJson.text(address, "PostalCode"),
        QuickBooksJson.text(address, "Country"));
  }
}
