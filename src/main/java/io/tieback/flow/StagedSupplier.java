package io.tieback.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.BookedCompany;
import io.tieback.construction.Supplier;
import io.tieback.procore.StagedRecords;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** A supplier of the ERP as Procore's Ready to Import shows it. */
public final class StagedSupplier {

  private StagedSupplier() {}

  /** The row of a supplier. */
  public static StagedRecords.Row row(
      ConnectionRoom room, BookedCompany supplier, StagedRecords.Status status) {
    ObjectNode data = Json.object().put("name", supplier.name());
    if (supplier.company().emailAddress() != null) {
      data.put("email_address", supplier.company().emailAddress());
    }
    for (Supplier.Phone phone : supplier.phones()) {
      data.put(
          switch (phone.use()) {
            case BUSINESS -> "business_phone";
            case MOBILE -> "mobile_phone";
            case FAX -> "fax_number";
          },
          phone.number());
    }
    if (supplier.address() != null) {
      address(data, supplier.address());
    }
    return new StagedRecords.Row(
        CompanyReadings.VENDOR,
        CompanyReadings.originId(room, supplier.key()),
        supplier.name(),
        status,
        data);
  }

  /** Procore takes codes of states and countries; what is written out goes with the street. */
  private static void address(ObjectNode data, Supplier.Address address) {
    List<String> street = new ArrayList<>();
    if (address.street() != null) {
      street.add(address.street());
    }
    place(data, "state_code", address.region(), "[A-Z]{2,3}", street);
    place(data, "country_code", address.country(), "[A-Z]{2}", street);
    if (!street.isEmpty()) {
      data.put("address", String.join(", ", street));
    }
    if (address.city() != null) {
      data.put("city", address.city());
    }
    if (address.postalCode() != null) {
      data.put("zip", address.postalCode());
    }
  }

  private static void place(
      ObjectNode data, String field, String place, String code, List<String> street) {
    if (place != null && place.matches(code)) {
      data.put(field, place);
    } else if (place != null) {
      street.add(place);
    }
  }
}
