package io.tieback.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.ContractLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the lines of a commitment or change order in an export event (Procore reference section 7).
 */
final class ContractLines {

  private static final List<String> FIGURES = List.of("amount", "quantity", "unit_cost");

  private ContractLines() {}

  static List<ContractLine> of(JsonNode items, String of) {
    List<ContractLine> lines = new ArrayList<>();
    for (JsonNode item : items) {
      lines.add(line(item, "a line of the " + of));
    }
    return lines;
  }

  /** Digest of the figures that an event states line by line. */
  static String figuresDigest(JsonNode items) {
    return FiguresDigest.of(items, "id", FIGURES);
  }

  private static ContractLine line(JsonNode item, String of) {
    JsonNode code = item.path("cost_code");
    JsonNode type = item.path("line_item_type");
    BigDecimal quantity = unlessZero(Fields.decimalOrNull(item, "quantity", of));
    BigDecimal price = unlessZero(Fields.decimalOrNull(item, "unit_cost", of));
    boolean byUnit = quantity != null && price != null;
    String fullCode = Fields.text(code, "full_code");
    String taxLink = Fields.text(item, "tax_code_origin_id");
    return new ContractLine(
        Fields.id(item, "id", of),
        Fields.idOrNull(item, "commitment_line_item_id", of),
        Fields.text(item, "description"),
        Fields.money(item, "amount", of),
        byUnit ? quantity : null,
        byUnit ? price : null,
        Fields.idOrNull(code, "id", of),
        fullCode == null ? Fields.text(code, "code") : fullCode,
        Fields.idOrNull(type, "id", of),
        Fields.text(type, "code"),
        Fields.text(code, "origin_id"),
        Fields.text(type, "origin_id"),
        taxLink == null ? Fields.text(item.path("tax_code"), "origin_id") : taxLink);
  }

  /** Lines by amount come with 0.0 for both: nothing may be worked out from that. */
  private static BigDecimal unlessZero(BigDecimal figure) {
    return figure == null || figure.signum() == 0 ? null : figure;
  }
}
