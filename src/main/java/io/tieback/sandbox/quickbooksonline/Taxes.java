package io.tieback.sandbox.quickbooksonline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tax of purchases outside the United States (reference section 3.5): {@code GlobalTaxCalculation}
 * is required, a line needs a code unless it is NotApplicable, and the tax is computed here, by
 * rate over the whole document. That inclusive amounts are answered as sent is UNCERTAIN.
 */
final class Taxes {
  private static final BigDecimal HUNDRED = new BigDecimal("100");

  private Taxes() {}

  static void mode(Draft draft) {
    if (draft.company().isUs()) {
      draft.body().remove("GlobalTaxCalculation");
    } else if (!draft.body().has("GlobalTaxCalculation")) {
      throw Refusal.missing("GlobalTaxCalculation");
    }
  }

  static void code(Draft draft, ObjectNode detail) {
    if (!draft.company().isUs()
        && !"NotApplicable".equals(draft.text("GlobalTaxCalculation"))
        && !detail.has("TaxCodeRef")) {
      throw Refusal.business(
          "Make sure all your transactions have a tax code before you save. (TaxCodeRef)");
    }
  }

  /** Puts TxnTaxDetail; the tax that comes on top of the lines. */
  static BigDecimal settle(Draft draft) {
    ObjectNode body = draft.body();
    body.remove("TxnTaxDetail");
    String mode = draft.text("GlobalTaxCalculation");
    if (mode == null || mode.equals("NotApplicable")) {
      return BigDecimal.ZERO;
    }
    Map<String, BigDecimal> bases = new TreeMap<>();
    for (JsonNode line : body.path("Line")) {
      JsonNode detail = line.path(line.path("DetailType").asText());
      Company.Entry code =
          draft.company().get(Kind.TAX_CODE, Json.text(detail.path("TaxCodeRef"), "value"));
      if (code != null) {
        for (JsonNode one : code.body.path("PurchaseTaxRateList").path("TaxRateDetail")) {
          bases.merge(
              one.path("TaxRateRef").path("value").asText(),
              DocumentRules.money(line, "Amount"),
              BigDecimal::add);
        }
      }
    }
    BigDecimal tax = BigDecimal.ZERO;
    ArrayNode lines = Json.array();
    for (Map.Entry<String, BigDecimal> base : bases.entrySet()) {
      BigDecimal percent =
          draft.company().get(Kind.TAX_RATE, base.getKey()).body.path("RateValue").decimalValue();
      BigDecimal divisor = mode.equals("TaxInclusive") ? HUNDRED.add(percent) : HUNDRED;
      BigDecimal one = base.getValue().multiply(percent).divide(divisor, 2, RoundingMode.HALF_UP);
      tax = tax.add(one);
      ObjectNode line = lines.addObject().put("Amount", one).put("DetailType", "TaxLineDetail");
      line.putObject("TaxLineDetail")
          .put("PercentBased", true)
          .put("TaxPercent", percent)
          .put("NetAmountTaxable", base.getValue())
          .putObject("TaxRateRef")
          .put("value", base.getKey());
    }
    ObjectNode detail = body.putObject("TxnTaxDetail").put("TotalTax", tax);
    detail.set("TaxLine", lines);
    return mode.equals("TaxInclusive") ? BigDecimal.ZERO : tax;
  }
}
