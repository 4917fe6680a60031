package io.tieback.rules;

import static io.tieback.rules.Finding.Severity.REFUSE;

import io.tieback.construction.Supplier;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether a company can become a supplier as it is: nothing is shortened, cleaned or left out on
 * the way. What is in its way is refused, all of it at once.
 */
public final class SupplierChecks {

  private static final String WHERE = " on the company in Procore's Directory and send it again";
  private static final Pattern LETTERS = Pattern.compile("[A-Za-z]+");
  private static final Pattern MAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");
  private static final Pattern CONTROL = Pattern.compile(".*\\p{Cntrl}.*", Pattern.DOTALL);

  private final String erpName;
  private final SupplierLimits limits;
  private final List<Finding> findings = new ArrayList<>();

  private SupplierChecks(String erpName, SupplierLimits limits) {
    this.erpName = erpName;
    this.limits = limits;
  }

  /**
   * Every finding about a company's own fields.
   *
   * @param erpName the ERP's name for people
   * @param linkedTo origin id that the company bears already, or null
   */
  public static List<Finding> of(
      Supplier supplier, String linkedTo, String erpName, SupplierLimits limits) {
    SupplierChecks checks = new SupplierChecks(erpName, limits);
    checks.notSynced(linkedTo);
    if (supplier.existing() != null) {
      // It is only linked: nothing of it is written.
      return List.copyOf(checks.findings);
    }
    checks.nameLength(supplier.name());
    checks.nameCharacters(supplier.name());
    checks.email(supplier.emailAddress());
    checks.phones(supplier.phones());
    if (supplier.address() != null) {
      checks.address(supplier.address());
    }
    return List.copyOf(checks.findings);
  }

  /** GEN-API-25. */
  private void notSynced(String linkedTo) {
    if (linkedTo != null) {
      refuse(
          "GEN-API-25",
          "Company",
          "is linked to '" + linkedTo + "' already",
          "a company that is synced is not exported again",
          "Nothing to do; to export it anew, unlink it first");
    }
  }

  /** XR-COY-04, C-01, with the words of GEN-COY-05. */
  private void nameLength(String name) {
    int length = name == null ? 0 : name.length();
    if (length > limits.nameLength()) {
      refuse(
          "XR-COY-04",
          "Name",
          "'" + name + "' has " + length + " characters",
          "at most "
              + limits.nameLength()
              + " characters. This Vendor cannot be sent to ERP because name must be less than "
              + (limits.nameLength() + 1)
              + " characters (GEN-COY-05)",
          "Shorten the name"
              + WHERE
              + ", or raise companies.name-length ("
              + erpName
              + " itself takes 255)");
    }
  }

  /** TB-COY-01. */
  private void nameCharacters(String name) {
    if (name == null || name.isBlank()) {
      refuse("TB-COY-01", "Name", "empty", "a supplier needs a name", "Fill in the name" + WHERE);
      return;
    }
    String wrong =
        name.contains("<") || name.contains(">")
            ? "'<' or '>'"
            : CONTROL.matcher(name).matches()
                ? "a line break or another invisible character"
                : !name.equals(name.strip())
                    ? "a space at the beginning or the end"
                    : name.contains("  ") ? "two spaces side by side" : null;
    if (wrong != null) {
      refuse(
          "TB-COY-01",
          "Name",
          "'" + name + "' has " + wrong,
          erpName + " takes no name with it",
          "Take it out of the name" + WHERE);
    }
  }

  private void email(String address) {
    if (address == null) {
      return;
    }
    if (!MAIL.matcher(address).matches() || !ASCII.matcher(address).matches()) {
      refuse(
          "TB-COY-02",
          "E-mail",
          "'" + address + "'",
          "one address, without spaces and accents, as " + erpName + " takes it",
          "Correct the e-mail address" + WHERE);
    }
    length("E-mail", address, limits.emailLength(), "the e-mail address");
  }

  private void phones(List<Supplier.Phone> phones) {
    for (Supplier.Phone phone : phones) {
      String field =
          switch (phone.use()) {
            case BUSINESS -> "Business phone";
            case MOBILE -> "Mobile phone";
            case FAX -> "Fax";
          };
      length(field, phone.number(), limits.phoneLength(), "the number");
    }
  }

  private void address(Supplier.Address address) {
    List<String> lines = address.street() == null ? List.of() : address.street().lines().toList();
    if (lines.size() > limits.addressLines()) {
      refuse(
          "TB-COY-02",
          "Address",
          lines.size() + " lines",
          "at most " + limits.addressLines() + " lines",
          "Shorten the address" + WHERE);
    }
    lines.forEach(line -> length("Address", line, limits.addressLineLength(), "the address"));
    length("City", address.city(), limits.placeLength(), "the city");
    length("State", address.region(), limits.placeLength(), "the state");
    length("Zip", address.postalCode(), limits.postalCodeLength(), "the zip code");
    length("Country", address.country(), limits.countryLength(), "the country");
    if (address.country() != null && !LETTERS.matcher(address.country()).matches()) {
      refuse(
          "TB-COY-02",
          "Country",
          "'" + address.country() + "'",
          "letters A to Z only",
          "Choose the country" + WHERE);
    }
  }

  /** TB-COY-02: what would be cut is refused. */
  private void length(String field, String text, int limit, String what) {
    if (text != null && text.length() > limit) {
      refuse(
          "TB-COY-02",
          field,
          text.length() + " characters",
          "at most " + limit + " characters",
          "Shorten " + what + WHERE);
    }
  }

  private void refuse(String rule, String field, String found, String limit, String remedy) {
    findings.add(new Finding(rule, REFUSE, field, found, limit, remedy));
  }
}
