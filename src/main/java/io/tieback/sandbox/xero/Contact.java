package io.tieback.sandbox.xero;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.time.Instant;
import java.time.ZoneId;

/** A contact (vendor), reference section 7. */
final class Contact extends Stored {
  String name;
  String contactNumber;
  String accountNumber;
  String status = "ACTIVE";
  String email;
  String taxNumber;
  String firstName;
  String lastName;
  String companyNumber;
  ArrayNode addresses = Json.array();
  ArrayNode phones = Json.array();
  ObjectNode paymentTerms;
  boolean supplier;
  String bankAccount;

  /** The contact into which this one was merged, or null. */
  String mergedTo;

  Contact(String id) {
    super(id);
  }

  Contact copy() {
    Contact copy = new Contact(id);
    copy.name = name;
    copy.contactNumber = contactNumber;
    copy.accountNumber = accountNumber;
    copy.status = status;
    copy.email = email;
    copy.taxNumber = taxNumber;
    copy.firstName = firstName;
    copy.lastName = lastName;
    copy.companyNumber = companyNumber;
    copy.addresses = addresses;
    copy.phones = phones;
    copy.paymentTerms = paymentTerms;
    copy.supplier = supplier;
    copy.bankAccount = bankAccount;
    copy.mergedTo = mergedTo;
    copy.updated(updated());
    return copy;
  }

  /**
   * As lists and single reads show it.
   *
   * @param whole with pages, or read alone: only then it says what it was merged into, and its
   *     terms
   */
  ObjectNode json(boolean whole) {
    ObjectNode json = Json.object().put("ContactID", id);
    if (whole) {
      put(json, "MergedToContactID", mergedTo);
    }
    put(json, "ContactNumber", contactNumber);
    put(json, "AccountNumber", accountNumber);
    json.put("ContactStatus", status).put("Name", name);
    put(json, "FirstName", firstName);
    put(json, "LastName", lastName);
    json.put("EmailAddress", email == null ? "" : email)
        .put("BankAccountDetails", bankAccount == null ? "" : bankAccount);
    put(json, "TaxNumber", taxNumber);
    put(json, "CompanyNumber", companyNumber);
    json.set("Addresses", addresses);
    json.set("Phones", phones);
    Dates.instant(json, "UpdatedDateUTC", updated());
    json.putArray("ContactGroups");
    json.put("IsSupplier", supplier).put("IsCustomer", false);
    if (paymentTerms != null && whole) {
      json.set("PaymentTerms", paymentTerms);
    }
    json.putArray("ContactPersons");
    return json.put("HasAttachments", false).put("HasValidationErrors", false);
  }

  /** As whole documents show it. */
  ObjectNode json() {
    ObjectNode json = json(true);
    json.remove("MergedToContactID");
    return json;
  }

  /** As documents in lists show it. */
  ObjectNode brief() {
    ObjectNode json = Json.object().put("ContactID", id);
    put(json, "ContactNumber", contactNumber);
    json.put("Name", name);
    json.putArray("Addresses");
    json.putArray("Phones");
    json.putArray("ContactGroups");
    json.putArray("ContactPersons");
    return json.put("HasValidationErrors", false);
  }

  /**
   * As answers to writes show it: with {@code localZone} its time stamp is the organisation's local
   * time labelled UTC (section 1.1, trap).
   */
  ObjectNode written(ZoneId localZone) {
    ObjectNode json = json(true);
    if (localZone != null) {
      Instant skewed =
          updated().plusSeconds(localZone.getRules().getOffset(updated()).getTotalSeconds());
      Dates.instant(json, "UpdatedDateUTC", skewed);
    }
    return json;
  }

  private static void put(ObjectNode json, String field, String value) {
    if (value != null) {
      json.put(field, value);
    }
  }
}
