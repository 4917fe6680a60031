package io.tieback.construction;

import java.util.List;
import java.util.Objects;

/**
 * A company as the ERP has it.
 *
 * @param company what tells whether it is the same as another; its key is the ERP's
 * @param marker the marker that an interface gave it, or null
 * @param active whether new documents may name it
 * @param mergedInto the ERP's key of the one that it was merged into, or null
 * @param supplier whether it ever sent a bill
 * @param phones its numbers with what each is for
 * @param address its postal address, or null
 */
public record BookedCompany(
    Company company,
    String marker,
    boolean active,
    String mergedInto,
    boolean supplier,
    List<Supplier.Phone> phones,
    Supplier.Address address) {

  public BookedCompany {
    Objects.requireNonNull(company, "company");
    phones = List.copyOf(phones);
  }

  /** The ERP's key. */
  public String key() {
    return company.key();
  }

  /** Its name. */
  public String name() {
    return company.name();
  }
}
