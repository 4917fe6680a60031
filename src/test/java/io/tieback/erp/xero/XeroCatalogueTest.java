package io.tieback.erp.xero;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieback.construction.CostItem;
import io.tieback.construction.DocumentKind;
import io.tieback.construction.Outgoing;
import io.tieback.construction.ProjectName;
import io.tieback.erp.DeliveryBatch;
import io.tieback.erp.ErpDocument;
import io.tieback.erp.ErpProjects;
import io.tieback.erp.Outcomes;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Items and tracking options over HTTP, every call held against Xero's contract. */
class XeroCatalogueTest {

  private static final String PUT_ITEMS = "PUT /api.xro/2.0/Items";
  private static final String PUT_OPTIONS = "PUT /api.xro/2.0/TrackingCategories/{id}/Options";

  private final XeroCompany xero = new XeroCompany();
  private final Outcomes outcomes = new Outcomes();

  @AfterEach
  void close() {
    xero.close();
  }

  private static CostItem item(String code, String name, String purchase, String sales) {
    return new CostItem("item:" + code, code, name, name + ", whole", purchase, sales, null);
  }

  private DeliveryBatch batch(Instant sentBefore, Outgoing... documents) {
    DocumentKind kind = documents[0].kind();
    List<ErpDocument> rendered =
        Stream.of(documents).map(document -> xero.adapter().render(document)).toList();
    UUID id = UUID.randomUUID();
    return new DeliveryBatch(
        id,
        "tieback-" + id,
        xero.adapter().batchBody(kind, rendered),
        rendered.stream().map(ErpDocument::marker).toList(),
        sentBefore,
        kind,
        Set.of());
  }

  @Test
  @DisplayName(
      "XR-WBS-04, XR-API-04, XR-WBS-06: new items go in one call with accounts and description;"
          + " what Xero has is linked without a call, refused ones are told by code, and POST is"
          + " never used")
  void items() {
    CostItem linked =
        new CostItem("item:03-110.S", "03-110.S", "Formwork", "Formwork", null, null, "any-key");
    xero.adapter()
        .handOver(
            batch(
                null,
                item("07-100.S", "Roof", "500", null),
                linked,
                item("03-110.M", "Ours", null, null),
                item("07-200.S", "Gutter", null, "500"),
                item("07-300.S", "No account", "404", null)),
            outcomes);
    assertThat(outcomes.known())
        .containsOnlyKeys("item:07-100.S", "item:03-110.S", "item:07-200.S");
    assertThat(outcomes.known().get("item:03-110.S").erpId()).isEqualTo("any-key");
    assertThat(outcomes.known().values()).allSatisfy(one -> assertThat(one.warnings()).isEmpty());
    assertThat(outcomes.refused()).containsOnlyKeys("item:03-110.M", "item:07-300.S");
    assertThat(outcomes.refused().get("item:03-110.M").get(0)).contains("already exists");
    assertThat(outcomes.undetermined()).isEmpty();
    assertThat(xero.requests(PUT_ITEMS)).isEqualTo(1);
    assertThat(xero.requests("POST /api.xro/2.0/Items")).isZero();
    assertThat(xero.adapter().items().byCode().get("03-110.M").name())
        .isEqualTo("Formwork material");
    assertThat(xero.adapter().items().byCode().get("07-100.S").purchaseAccountCode())
        .isEqualTo("500");
  }

  @Test
  @DisplayName(
      "XR-WBS-06: bytes that left before are not refused because the code is taken, they are looked"
          + " for: our item is known, a changed one is doubtful, a missing one absent")
  void lookUp() {
    DeliveryBatch first = batch(null, item("07-100.S", "Roof", null, null));
    xero.adapter().handOver(first, outcomes);
    DeliveryBatch again =
        batch(
            Instant.now(),
            item("07-100.S", "Roof", null, null),
            item("03-110.M", "Ours", null, null),
            item("07-900.S", "Never sent", null, null));
    Outcomes repeated = new Outcomes();
    xero.adapter().handOver(again, repeated);
    assertThat(repeated.refused()).isEmpty();
    assertThat(repeated.known()).containsOnlyKeys("item:07-900.S");
    assertThat(repeated.undetermined()).hasSize(1);

    Outcomes looked = new Outcomes();
    xero.adapter()
        .lookUp(
            batch(
                Instant.now(),
                item("07-100.S", "Roof", null, null),
                item("03-110.M", "Ours", null, null),
                item("07-901.S", "Never sent", null, null)),
            looked);
    assertThat(looked.known()).containsOnlyKeys("item:07-100.S");
    assertThat(looked.doubtful()).containsOnlyKeys("item:03-110.M");
    assertThat(looked.absent()).containsExactly("item:07-901.S");
  }

  private static ProjectName project(String name, String key, boolean renamed) {
    return new ProjectName("project:7", 7, name, key, renamed);
  }

  @Test
  @DisplayName(
      "XR-PRJ-01, XR-PRJ-09: an option is made by one call, linked by none, renamed by its id; a"
          + " name that is taken is refused, and looked for when it may be ours")
  void options() {
    xero.adapter().handOver(batch(null, project("Quay", null, false)), outcomes);
    String key = outcomes.known().get("project:7").erpId();
    Outcomes linked = new Outcomes();
    xero.adapter().handOver(batch(null, project("Quay", key, false)), linked);
    assertThat(linked.known().get("project:7").erpId()).isEqualTo(key);
    assertThat(xero.requests(PUT_OPTIONS)).isEqualTo(1);

    Outcomes renamed = new Outcomes();
    xero.adapter().handOver(batch(null, project("Quay North", key, true)), renamed);
    assertThat(renamed.known().get("project:7").erpId()).isEqualTo(key);
    ErpProjects projects = xero.adapter().projects();
    assertThat(projects.named("  quay   NORTH ").orElseThrow().key()).isEqualTo(key);
    assertThat(projects.named("Quay")).isEmpty();

    Outcomes taken = new Outcomes();
    xero.adapter().handOver(batch(null, project("Harbour Tower", null, false)), taken);
    assertThat(taken.refused().get("project:7").get(0)).contains("unique");
    DeliveryBatch perhapsOurs = batch(Instant.now(), project("Harbour Tower", null, false));
    Outcomes repeated = new Outcomes();
    xero.adapter().handOver(perhapsOurs, repeated);
    assertThat(repeated.refused()).isEmpty();
    assertThat(repeated.undetermined()).hasSize(1);
    Outcomes looked = new Outcomes();
    xero.adapter().lookUp(perhapsOurs, looked);
    assertThat(looked.known().get("project:7").erpId()).isEqualTo(XeroCompany.TOWER);

    xero.adapter().archiveProject(key);
    assertThat(xero.adapter().projects().withKey(key).orElseThrow().active()).isFalse();
  }
}
