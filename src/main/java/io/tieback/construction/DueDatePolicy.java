package io.tieback.construction;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a bill's due date comes from: an ordered list of sources, the first that yields a date wins
 * (design section 6, contradiction C-02). Procore's reads carry no due date at all, and {@code
 * payment_date} is the day it <em>was</em> paid, so that is never a source.
 *
 * @param sources in the order in which they are asked; may be empty
 */
public record DueDatePolicy(List<Source> sources) {

  private static final Pattern CUSTOM_FIELD = Pattern.compile("erp_custom_field:([A-Za-z0-9_]+)");
  private static final Pattern AFTER_BILLING = Pattern.compile("billing_date\\+(\\d{1,4})");

  /** One place to look for a due date. */
  public sealed interface Source permits ErpCustomField, DaysAfterBilling, VendorTerms {}

  /**
   * A custom field of the ERP, filled in by the approver when accepting.
   *
   * @param name the field's name in the export event's {@code erp_custom_fields}
   */
  public record ErpCustomField(String name) implements Source {}

  /**
   * A fixed number of days after the billing date.
   *
   * @param days 0 or more
   */
  public record DaysAfterBilling(int days) implements Source {
    public DaysAfterBilling {
      if (days < 0) {
        throw new IllegalArgumentException(
            "days after the billing date is " + days + "; it must be 0 or more");
      }
    }
  }

  /** The supplier's own payment terms in the ERP. */
  public record VendorTerms() implements Source {}

  /**
   * A due date and where it comes from.
   *
   * @param date when the bill has to be paid
   * @param source the source that yielded it
   */
  public record DueDate(LocalDate date, Source source) {

    /** The source as a person reads it, such as {@code billing date + 30 days}. */
    public String sourceInWords() {
      if (source instanceof ErpCustomField field) {
        return "ERP custom field " + field.name();
      }
      if (source instanceof DaysAfterBilling after) {
        return "billing date + " + after.days() + " days";
      }
      return "payment terms of the vendor";
    }
  }

  public DueDatePolicy {
    sources = List.copyOf(sources);
  }

  /**
   * Reads a setting such as {@code erp_custom_field:payment_due_date,billing_date+30,vendor_terms}.
   *
   * @throws IllegalArgumentException when a part is none of the three; the message names it and
   *     what is allowed
   */
  public static DueDatePolicy parse(String setting) {
    List<Source> sources = new ArrayList<>();
    for (String part : setting.split(",")) {
      if (!part.isBlank()) {
        sources.add(source(part.strip()));
      }
    }
    return new DueDatePolicy(sources);
  }

  private static Source source(String part) {
    Matcher field = CUSTOM_FIELD.matcher(part);
    if (field.matches()) {
      return new ErpCustomField(field.group(1));
    }
    Matcher after = AFTER_BILLING.matcher(part);
    if (after.matches()) {
      return new DaysAfterBilling(Integer.parseInt(after.group(1)));
    }
    if (part.equals("vendor_terms")) {
      return new VendorTerms();
    }
    throw new IllegalArgumentException(
        "due date source '"
            + part
            + "' is not known; allowed are erp_custom_field:<name>, billing_date+<days> (0 to 9999)"
            + " and vendor_terms");
  }

  /** Whether the vendor's terms are asked at all; the caller need not read them otherwise. */
  public boolean asksVendorTerms() {
    return sources.stream().anyMatch(VendorTerms.class::isInstance);
  }

  /**
   * Asks the sources in order.
   *
   * @param billingDate date of the invoice; null yields no date from the second source
   * @param erpCustomFields dates of the ERP custom fields by name; fields without a date are absent
   * @param vendorTerms the due date by the vendor's terms, asked only when no earlier source yields
   *     one
   * @return empty when no source yields a date; what then happens is a setting (C-02)
   */
  public Optional<DueDate> resolve(
      LocalDate billingDate,
      Map<String, LocalDate> erpCustomFields,
      Supplier<Optional<LocalDate>> vendorTerms) {
    Objects.requireNonNull(erpCustomFields, "erpCustomFields");
    for (Source source : sources) {
      Optional<LocalDate> date;
      if (source instanceof ErpCustomField field) {
        date = Optional.ofNullable(erpCustomFields.get(field.name()));
      } else if (source instanceof DaysAfterBilling after) {
        date = Optional.ofNullable(billingDate).map(day -> day.plusDays(after.days()));
      } else {
        date = vendorTerms.get();
      }
      if (date.isPresent()) {
        return Optional.of(new DueDate(date.get(), source));
      }
    }
    return Optional.empty();
  }
}
