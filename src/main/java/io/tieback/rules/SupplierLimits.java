package io.tieback.rules;

/**
 * What an ERP takes of a supplier (Xero reference section 7). Lengths in characters.
 *
 * @param nameLength longest name
 * @param emailLength longest e-mail address
 * @param phoneLength longest telephone number
 * @param addressLines most lines of an address
 * @param addressLineLength longest line of an address
 * @param placeLength longest town and longest region
 * @param postalCodeLength longest postal code
 * @param countryLength longest country
 */
public record SupplierLimits(
    int nameLength,
    int emailLength,
    int phoneLength,
    int addressLines,
    int addressLineLength,
    int placeLength,
    int postalCodeLength,
    int countryLength) {

  /** Xero's, with the firm's own limit of the name (XR-COY-04, C-01). */
  public static SupplierLimits xero(int nameLength) {
    return new SupplierLimits(Math.min(nameLength, 255), 255, 50, 4, 500, 255, 50, 50);
  }
}
