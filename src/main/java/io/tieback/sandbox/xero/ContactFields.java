package io.tieback.sandbox.xero;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What Xero refuses in the parts of a contact (reference section 7). */
final class ContactFields {
  private static final List<String> ADDRESS_TYPES = List.of("POBOX", "STREET");
  private static final List<String> PHONE_TYPES =
      List.of("DEFAULT", "DDI", "MOBILE", "FAX", "OFFICE");
  private static final Map<String, Integer> ADDRESS_LENGTHS =
      Map.of(
          "AddressLine1", 500,
          "AddressLine2", 500,
          "AddressLine3", 500,
          "AddressLine4", 500,
          "City", 255,
          "Region", 255,
          "PostalCode", 50,
          "Country", 50,
          "AttentionTo", 255);
  private static final Map<String, Integer> PHONE_LENGTHS =
      Map.of("PhoneNumber", 50, "PhoneAreaCode", 10, "PhoneCountryCode", 20);

  private ContactFields() {}

  static void check(Gate.Visit visit, Fields contact, List<String> errors) {
    String email = contact.text("EmailAddress");
    if (email != null
        && !email.isEmpty()
        && (!email.matches("\\p{ASCII}*") || !email.matches("[^@\\s]+@[^@\\s]+"))) {
      errors.add("Email address must be valid.");
    }
    String bank = contact.text("BankAccountDetails");
    if (bank != null && !bank.isEmpty() && !visit.switches().flag("mayWriteBankDetails")) {
      errors.add("You do not have permission to change bank account details.");
    }
    each(contact, "Addresses", "AddressType", ADDRESS_TYPES, ADDRESS_LENGTHS, errors);
    each(contact, "Phones", "PhoneType", PHONE_TYPES, PHONE_LENGTHS, errors);
    for (Fields address : contact.objects("Addresses")) {
      String country = address.text("Country");
      if (country != null && !country.matches("[A-Za-z ]*")) {
        errors.add("The Country must contain letters only.");
      }
    }
  }

  private static void each(
      Fields contact,
      String list,
      String typeField,
      List<String> types,
      Map<String, Integer> lengths,
      List<String> errors) {
    Set<String> seen = new HashSet<>();
    for (Fields one : contact.objects(list)) {
      String type = one.word(typeField, types);
      if (type == null) {
        errors.add("The " + typeField + " must be specified.");
      } else if (!seen.add(type)) {
        errors.add("The " + typeField + " " + type + " is given twice.");
      }
      lengths.forEach(
          (field, longest) -> {
            String text = one.text(field);
            if (text != null && text.length() > longest) {
              errors.add("The " + field + " must not be longer than " + longest + " characters.");
            }
          });
    }
  }
}
