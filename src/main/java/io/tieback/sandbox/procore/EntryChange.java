package io.tieback.sandbox.procore;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes what people typed into the lines of a requisition: {@code [{id, workThisPeriod, quantity,
 * unitPrice, materialsStored, materialsMoved, workRetained, workReleased, materialsRetained,
 * materialsReleased, materialsRetainageMoved}]}, only what is given. Everything derived from it
 * follows, in this requisition and the later ones of the commitment.
 */
final class EntryChange {
  private EntryChange() {}

  /**
   * Applies the changes, all or none.
   *
   * @throws Refusal 422 when an entry contradicts another
   */
  static void apply(Model.Requisition requisition, JsonNode lines) {
    Map<Long, JsonNode> changes = new LinkedHashMap<>();
    for (JsonNode line : lines) {
      Json.onlyFields(
          "lines",
          line,
          "id",
          "workThisPeriod",
          "quantity",
          "unitPrice",
          "materialsStored",
          "materialsMoved",
          "workRetained",
          "workReleased",
          "materialsRetained",
          "materialsReleased",
          "materialsRetainageMoved");
      changes.put(line.path("id").longValue(), line);
    }
    Map<Model.Item, Model.Entered> before = new LinkedHashMap<>();
    for (Model.Item item : requisition.items) {
      JsonNode change = changes.remove(item.id);
      if (change != null) {
        before.put(item, item.entered);
        item.entered = changed(item.entered, change);
      }
    }
    try {
      if (!changes.isEmpty()) {
        throw new IllegalArgumentException(
            "lines: the requisition has no line " + changes.keySet() + ".");
      }
      derive(requisition);
    } catch (IllegalArgumentException e) {
      before.forEach((item, entered) -> item.entered = entered);
      derive(requisition);
      throw Refusal.field(422, "lines", e.getMessage());
    }
  }

  private static void derive(Model.Requisition changed) {
    List<Model.Requisition> chain = changed.commitment.requisitions;
    for (Model.Requisition one : chain.subList(chain.indexOf(changed), chain.size())) {
      for (Model.Item item : one.items) {
        item.figures =
            Figures.derive(
                item.entered,
                item.previous == null ? null : item.previous.figures,
                item.scheduledValue,
                item.unit,
                one.moveMaterials && !item.unit);
      }
      one.summary = Summary.of(one);
    }
  }

  private static Model.Entered changed(Model.Entered held, JsonNode in) {
    return new Model.Entered(
        of(in, "workThisPeriod", held.work()),
        of(in, "quantity", held.quantity()),
        of(in, "unitPrice", held.unitPrice()),
        of(in, "materialsStored", held.stored()),
        of(in, "materialsMoved", held.moved()),
        of(in, "workRetained", held.workRetained()),
        of(in, "workReleased", held.workReleased()),
        of(in, "materialsRetained", held.materialsRetained()),
        of(in, "materialsReleased", held.materialsReleased()),
        of(in, "materialsRetainageMoved", held.retainageMoved()));
  }

  private static BigDecimal of(JsonNode in, String field, BigDecimal held) {
    return !in.has(field)
        ? held
        : in.get(field).isNull() ? null : new BigDecimal(in.get(field).asText());
  }
}
