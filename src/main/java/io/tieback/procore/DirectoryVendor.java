package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.Company;
import io.tieback.construction.Supplier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A company of Procore's Directory, from an event or from the list of vendors (Procore reference
 * sections 7 and 9).
 *
 * @param company what tells whether it is the same as another; its key is the id
 * @param originId its External Data, or null
 * @param phones its numbers with what each is for
 * @param address its address, or null
 */
public record DirectoryVendor(
    Company company, String originId, List<Supplier.Phone> phones, Supplier.Address address) {

  private static final String OF = "company";

  public DirectoryVendor {
    phones = List.copyOf(phones);
  }

  /** Reads one. */
  public static DirectoryVendor of(JsonNode vendor) {
    List<Supplier.Phone> phones = new ArrayList<>();
    for (Map.Entry<String, Supplier.PhoneUse> field :
        List.of(
            Map.entry("business_phone", Supplier.PhoneUse.BUSINESS),
            Map.entry("mobile_phone", Supplier.PhoneUse.MOBILE),
            Map.entry("fax_number", Supplier.PhoneUse.FAX))) {
      String number = Fields.text(vendor, field.getKey());
      if (number != null) {
        phones.add(new Supplier.Phone(field.getValue(), number));
      }
    }
    return new DirectoryVendor(
        new Company(
            Long.toString(Fields.id(vendor, "id", OF)),
            name(vendor),
            Fields.text(vendor.path("business_register"), "identifier"),
            Fields.text(vendor, "email_address"),
            phones.stream().map(Supplier.Phone::number).toList(),
            // Procore keeps no bank details of companies.
            null),
        Fields.text(vendor, "origin_id"),
        phones,
        address(vendor));
  }

  /** The name as it stands, also when it is blank: the rules say so. */
  private static String name(JsonNode vendor) {
    String name = vendor.path("name").textValue();
    return name == null ? "" : name;
  }

  private static Supplier.Address address(JsonNode vendor) {
    Supplier.Address address =
        new Supplier.Address(
            Fields.text(vendor, "address"),
            Fields.text(vendor, "city"),
            Fields.text(vendor, "state_code"),
            Fields.text(vendor, "zip"),
            Fields.text(vendor, "country_code"));
    boolean empty =
        address.street() == null
            && address.city() == null
            && address.region() == null
            && address.postalCode() == null;
    // A country alone is Procore's default, no address.
    return empty ? null : address;
  }

  /** Procore's id. */
  public long id() {
    return Long.parseLong(company.key());
  }

  /** Its name. */
  public String name() {
    return company.name();
  }

  /** As it is to stand in the ERP, under this marker. */
  public Supplier supplier(String marker) {
    return new Supplier(marker, id(), name(), company.emailAddress(), phones, address, null);
  }
}
