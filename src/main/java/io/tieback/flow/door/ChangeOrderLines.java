package io.tieback.flow.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.procore.Fields;
import io.tieback.procore.PublicRecords;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a change order: the package's own, else those of its potential change orders
 * (Procore reference section 11).
 */
final class ChangeOrderLines {

  private final PublicRecords procore;

  ChangeOrderLines(PublicRecords procore) {
    this.procore = procore;
  }

  List<JsonNode> of(long projectId, JsonNode shown) {
    List<JsonNode> lines = new ArrayList<>();
    shown.path("line_items").forEach(lines::add);
    return lines.isEmpty() ? ofPotential(projectId, shown) : lines;
  }

  private List<JsonNode> ofPotential(long projectId, JsonNode shown) {
    List<JsonNode> lines = new ArrayList<>();
    long contract = Fields.id(shown, "contract_id", "change order");
    for (JsonNode potential : procore.potentialChangeOrders(projectId, contract)) {
      if (belongs(potential, shown) && Fields.text(potential, "deleted_at") == null) {
        lines.addAll(
            procore.potentialLines(
                projectId, Fields.id(potential, "id", "potential change order")));
      }
    }
    return lines;
  }

  /** Procore names the package of a potential change order by its id or, published, its title. */
  private static boolean belongs(JsonNode potential, JsonNode shown) {
    if (potential.hasNonNull("change_order_package_id")) {
      return potential.path("change_order_package_id").asLong() == shown.path("id").asLong();
    }
    String title = Fields.text(potential, "change_order_package_title");
    return title != null && title.equals(Fields.text(shown, "title"));
  }
}
