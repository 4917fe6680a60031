package io.tieback.construction;

import java.util.List;

/**
 * A company as it is to stand in the ERP (XR-COY-06). Written once, when it is created: what people
 * change there afterwards is theirs (XR-COY-03). Bank details are not part of it.
 *
 * @param marker what finds it again: it stands in a field that people do not edit ({@link
 *     CompanyMarker})
 * @param vendorId Procore's id of the company
 * @param name its name
 * @param emailAddress or null
 * @param phones telephone and fax numbers as Procore has them
 * @param address postal address, or null when Procore has none
 * @param existing the ERP's key of the supplier that it is linked to; null when one is to be
 *     created. A supplier that is there already is never changed
 */
public record Supplier(
    String marker,
    long vendorId,
    String name,
    String emailAddress,
    List<Phone> phones,
    Address address,
    String existing)
    implements Outgoing {

  public Supplier {
    phones = List.copyOf(phones);
  }

  /** The same company, linked to a supplier that is there instead of being created. */
  public Supplier linkedTo(String key) {
    return new Supplier(marker, vendorId, name, emailAddress, phones, address, key);
  }

  @Override
  public DocumentKind kind() {
    return DocumentKind.SUPPLIER;
  }

  /** What a number is for. */
  public enum PhoneUse {
    BUSINESS,
    MOBILE,
    FAX
  }

  /** A number. */
  public record Phone(PhoneUse use, String number) {}

  /**
   * A postal address; each part null when Procore has none.
   *
   * @param street street and number, one line or several
   * @param city town
   * @param region state or province, as Procore's code
   * @param postalCode postal code
   * @param country country, as Procore's code
   */
  public record Address(
      String street, String city, String region, String postalCode, String country) {}
}
