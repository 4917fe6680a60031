package io.tieback.sandbox.procore;

import static io.tieback.sandbox.procore.World.COMPANY;
import static io.tieback.sandbox.procore.World.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.sandbox.kit.Http;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Direct costs by bulk sync: found by key or id, refused row by row, locked once synced. */
class DirectCostsTest {
  private static final String V10 = "/rest/v1.0/projects/" + PROJECT + "/direct_costs";
  private static final String V11 = "/rest/v1.1/projects/" + PROJECT + "/direct_costs";
  private static World world;

  @BeforeAll
  static void start() {
    world = new World();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void reset() {
    world.reset();
  }

  private static JsonNode sync(String rows) {
    return synced("/sync", rows);
  }

  private static JsonNode lines(String rows) {
    return synced("/line_items/sync", rows);
  }

  private static JsonNode synced(String path, String rows) {
    Http.Reply reply = world.call("PATCH", V10 + path, "{'updates':[" + rows + "]}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private static long made() {
    return sync("{'direct_cost_type':'invoice','origin_id':'cost-1','vendor_id':51,'invoice_number':'N-1','status':'approved','direct_cost_date':'2026-03-31'}")
        .at("/entities/0/id")
        .longValue();
  }

  private static String line(long cost, String more) {
    return "{'direct_cost_id':"
        + cost
        + ",'cost_code_id':301,'line_item_type_id':41,'amount':12.34"
        + more
        + "}";
  }

  @Test
  void aKeyAloneFindsOrCreatesAndLinesMakeTheTotal() {
    long id = made();
    assertThat(made()).isEqualTo(id);
    JsonNode first = lines(line(id, ",'origin_id':'line-1'"));
    assertThat(first.at("/entities/0/amount").textValue()).isEqualTo("12.34");
    long lineId = first.at("/entities/0/id").longValue();
    assertThat(
            lines(line(id, ",'origin_id':'line-1'").replace("12.34", "-0.01"))
                .at("/entities/0/id")
                .longValue())
        .isEqualTo(lineId);
    JsonNode shown = world.call("GET", V11 + "/" + id, null).json();
    assertThat(shown.path("grand_total").textValue()).isEqualTo("-0.01");
    assertThat(shown.path("line_items")).hasSize(1);
    assertThat(
            world
                .call("GET", V10 + "/line_items?filters%5Bdirect_cost_id%5D=" + id, null)
                .json()
                .at("/0/origin_id")
                .textValue())
        .isEqualTo("line-1");
  }

  @Test
  void eachBadRowErrsOnItsOwnAndItsNeighboursAreStored() {
    JsonNode answer =
        sync(
            "{'direct_cost_type':'invoice','origin_id':'a','vendor_id':51},"
                + "{'direct_cost_type':'invoice','origin_id':'b','invoice_number':'1'},"
                + "{'direct_cost_type':'gift','origin_id':'c'},"
                + "{'origin_id':'d'},"
                + "{'id':4711,'origin_id':'e'},"
                + "{'direct_cost_type':'expense','origin_id':'f','direct_cost_date':'31.03.2026'}");
    assertThat(answer.path("entities")).hasSize(1);
    assertThat(answer.at("/entities/0/direct_cost_date").isNull())
        .as("a date that is none becomes nothing, without an error")
        .isTrue();
    assertThat(answer.path("errors"))
        .extracting(error -> error.path("errors").fieldNames().next())
        .containsExactly(
            "invoice_number", "vendor_id", "direct_cost_type", "direct_cost_type", "id");
    assertThat(answer.at("/errors/4/errors/id/0").textValue())
        .isEqualTo("Entity with this ID not found");
  }

  @Test
  void theTypeIsSetOnceAndAKeyBelongsToOneRow() {
    long id = made();
    assertThat(
            sync("{'id':" + id + ",'direct_cost_type':'expense'}")
                .at("/errors/0/errors/direct_cost_type/0")
                .textValue())
        .isEqualTo("cannot be changed");
    long other =
        sync("{'direct_cost_type':'expense','origin_id':'cost-2'}")
            .at("/entities/0/id")
            .longValue();
    assertThat(
            sync("{'id':" + other + ",'origin_id':'cost-1'}")
                .at("/errors/0/errors/origin_id/0")
                .textValue())
        .isEqualTo("has already been taken");
    assertThat(
            sync("{'id':" + other + ",'origin_id':'cost-3'}")
                .at("/entities/0/origin_id")
                .textValue())
        .isEqualTo("cost-3");
  }

  @Test
  void linesNeedACodeOfTheProjectATypeAndANumber() {
    long id = made();
    JsonNode answer =
        lines(
            line(id, ",'origin_id':'a'").replace("301", "999")
                + ","
                + line(id, ",'origin_id':'b'")
                    .replace("'line_item_type_id':41", "'line_item_type_id':999")
                + ","
                + line(id, ",'origin_id':'c'").replace("12.34", "'12.34'")
                + ","
                + line(4711, ",'origin_id':'d'"));
    assertThat(answer.path("entities")).isEmpty();
    assertThat(answer.path("errors"))
        .extracting(error -> error.path("errors").fieldNames().next())
        .containsExactly("cost_code_id", "line_item_type_id", "amount", "direct_cost_id");
  }

  @Test
  void whatIsSyncedCanBeRemovedOnlyOnceItsKeyIsCleared() {
    long id = made();
    long line = lines(line(id, ",'origin_id':'l'")).at("/entities/0/id").longValue();
    String one = V10 + "/" + id + "/line_items/" + line;
    assertThat(world.call("DELETE", V11 + "/" + id, null).status()).isEqualTo(422);
    assertThat(world.call("DELETE", one, null).status()).isEqualTo(422);
    world.call(
        "PATCH",
        "/rest/v1.0/companies/" + COMPANY + "/external_data/sync",
        "{'updates':[{'item_type':'item','item_id':" + id + ",'origin_id':null}]}");
    assertThat(world.call("DELETE", one, null).status()).isEqualTo(200);
    assertThat(world.call("DELETE", one, null).status()).isEqualTo(404);
    assertThat(world.call("DELETE", V11 + "/" + id, null).status()).isEqualTo(200);
    assertThat(world.call("GET", V11, null).json()).isEmpty();
  }

  @Test
  void theCapOfSyncActionsHolds() {
    world.set("syncRowLimit", 1);
    assertThat(
            world
                .call(
                    "PATCH",
                    V10 + "/sync",
                    "{'updates':[{'direct_cost_type':'expense'},{'direct_cost_type':'expense'}]}")
                .status())
        .isEqualTo(413);
  }
}
