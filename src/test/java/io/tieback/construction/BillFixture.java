package io.tieback.construction;

import io.tieback.construction.BillSettings.RetainageGrouping;
import io.tieback.construction.BillSettings.UnitRounding;
import io.tieback.construction.BillSettings.ZeroLines;
import java.util.Map;

/** Bill settings of a firm on Xero, of which tests change one thing, and the composing itself. */
final class BillFixture {

  static final String MARKER =
      "https://app.procore.com/webclients/host/companies/1/projects/77/tools/contracts/commitments?tieback=main.requisition.5";

  RetainageGrouping grouping = RetainageGrouping.INVOICE;
  ZeroLines zeroLines = ZeroLines.OMIT;
  UnitRounding rounding = UnitRounding.LINE;
  String retainageAccount = "815";
  int quantityDecimals = 4;
  int unitPriceDecimals = 4;
  int descriptionLength = 4000;

  BillSettings settings() {
    return new BillSettings(
        grouping,
        retainageAccount,
        null,
        "500",
        zeroLines,
        rounding,
        quantityDecimals,
        unitPriceDecimals,
        descriptionLength,
        "USD");
  }

  Bill compose(InvoiceFixture invoice) {
    return compose(invoice.build(), invoice.itemCodes());
  }

  Bill compose(SubcontractorInvoice invoice, Map<Long, String> itemCodes) {
    return BillComposer.compose(
        invoice, new BillReferences(MARKER, "c-1", "p-1", itemCodes), settings());
  }
}
