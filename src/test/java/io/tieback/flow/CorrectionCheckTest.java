package io.tieback.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.flow.CorrectionCheck.Fault;
import io.tieback.ledger.WorkItem;
import io.tieback.wire.Json;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A correction stays with its record, and can be read by whoever reads it next. */
class CorrectionCheckTest {

  private static final String CHANGE =
      """
      {"change_order": {"id": 31, "number": "1", "title": "Taller walls", "status": "approved"},
       "commitment": {"id": 22, "type": "WorkOrderContract", "number": "SC-1", "vendor": {"id": 33},
         "project": {"id": 11}},
       "change_order_items": [{"id": 901, "amount": "1000.00", "description": "Walls"}]}
      """;

  private static ObjectNode change() {
    return (ObjectNode) Json.read(CHANGE);
  }

  private static Optional<CorrectionCheck.Problem> check(JsonNode after) {
    return CorrectionCheck.of(ChangeOrderFlow.ENTITY, true, change(), after);
  }

  private static void refused(JsonNode after, Fault fault, String... words) {
    CorrectionCheck.Problem problem = check(after).orElseThrow();
    assertThat(problem.fault()).isEqualTo(fault);
    assertThat(problem.sentence()).contains(words);
  }

  @Test
  @DisplayName("Other figures can be given, and lines left out")
  void figuresCanBeCorrected() {
    ObjectNode after = change();
    ((ObjectNode) after.at("/change_order_items/0")).put("amount", "1200.00");
    assertThat(check(after)).isEmpty();
  }

  @Test
  @DisplayName("Record, commitment, project and company stay; the field is named with both values")
  void theRecordStays() {
    refused(Json.object(), Fault.FIXED, "commitment.id is missing", "has to stay 22");
    for (String pointer : new String[] {"/change_order", "/commitment", "/commitment/project"}) {
      ObjectNode after = change();
      ((ObjectNode) after.at(pointer)).put("id", 5);
      refused(after, Fault.FIXED, pointer.substring(1).replace('/', '.') + ".id is 5");
    }
    ObjectNode after = change();
    ((ObjectNode) after.at("/commitment/vendor")).put("id", 34);
    refused(after, Fault.FIXED, "commitment.vendor.id is 34", "has to stay 33");
  }

  @Test
  @DisplayName("Lines are those of the record, each once")
  void linesAreTheRecords() {
    ObjectNode after = change();
    after.withArray("change_order_items").addObject().put("id", 999).put("amount", "1.00");
    refused(after, Fault.LINE, "change_order_items[1].id", "999");
    after = change();
    after.withArray("change_order_items").add(after.at("/change_order_items/0").deepCopy());
    refused(after, Fault.LINE, "901");
    after = change();
    after.remove("change_order_items");
    refused(after, Fault.UNREADABLE, "change_order_items");
  }

  @Test
  @DisplayName("What the reader needs is there, and as it reads it")
  void whatIsNeededIsThere() {
    ObjectNode after = change();
    ((ObjectNode) after.at("/change_order_items/0")).remove("amount");
    refused(after, Fault.UNREADABLE, "amount is missing");
    ((ObjectNode) after.at("/change_order_items/0")).put("amount", "much");
    refused(after, Fault.UNREADABLE, "amount", "much");
    ((ObjectNode) after.at("/change_order_items/0")).put("amount", "1.005");
    refused(after, Fault.UNREADABLE, "at most two decimals");
  }

  @Test
  @DisplayName("An invoice keeps its requisition and contract; a project is corrected in Procore")
  void otherKinds() {
    JsonNode invoice =
        Json.read(
            "{\"procore_requisition_id\": 5, \"contract_id\": 22, \"accounting_method\":"
                + " \"amount\", \"line_items\": []}");
    ObjectNode after = invoice.deepCopy();
    assertThat(CorrectionCheck.of(WorkItem.REQUISITION, true, invoice, after.put("code", "B")))
        .isEmpty();
    assertThat(
            CorrectionCheck.of(WorkItem.REQUISITION, false, invoice, Json.object())
                .orElseThrow()
                .field())
        .isEqualTo("procore_requisition_id");
    assertThat(
            CorrectionCheck.of(
                    WorkItem.REQUISITION, false, invoice, after.put("billing_date", "soon"))
                .orElseThrow()
                .sentence())
        .contains("billing_date");
    assertThat(
            CorrectionCheck.of("project", true, Json.read("{\"id\": 1}"), Json.read("{\"id\": 1}"))
                .orElseThrow()
                .fault())
        .isEqualTo(Fault.SOURCE);
  }
}
