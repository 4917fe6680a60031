package io.tieback.procore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.SmallContractor;
import io.tieback.construction.ArithmeticSettings;
import io.tieback.construction.ArithmeticSettings.LineAmount;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.InvoiceLine;
import io.tieback.construction.OriginId;
import io.tieback.procore.PublicRecords.Wanted;
import io.tieback.procore.door.ContractEvents;
import io.tieback.procore.door.DirectoryEvents;
import io.tieback.procore.door.DoorEvents;
import io.tieback.procore.door.DoorRecord;
import io.tieback.procore.door.EventLinks;
import io.tieback.procore.door.RequisitionEvents;
import io.tieback.wire.Json;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the door makes of public resources is what Procore's own event says (GEN-API-39, Procore
 * reference sections 7, 10 and 12), for the small contractor, over real HTTP.
 */
class DoorEventsTest {

  private static final ConnectionId HARBOUR = new ConnectionId("harbour");
  private static final long COMPANY = 5001;

  private static ProcoreSite site;
  private static ContractorSeed seed;
  private ProcoreClient client;

  @BeforeAll
  static void start() {
    site = new ProcoreSite();
  }

  @AfterAll
  static void stop() {
    site.close();
  }

  @BeforeEach
  void reset() {
    site.reset();
    seed = SmallContractor.seed(HARBOUR, COMPANY, "http://localhost:1/callback");
    site.control.post("seed", seed.procore());
    client = client();
    site.calls.clear();
  }

  private static ProcoreClient client() {
    URI url = URI.create(site.sandbox.procoreUrl());
    ProcoreConnection connection =
        new ProcoreConnection(
            HARBOUR,
            COMPANY,
            url,
            url,
            seed.procoreClientId(),
            ContractorSeed.SECRET,
            "Bearer hook-secret",
            "tieback-harbour",
            null,
            URI.create("https://app.procore.com"),
            List.of(),
            null,
            ProcoreSettings.defaults());
    return new ProcoreClient(
        site.http(),
        connection,
        site.tokens(connection),
        site.budget,
        site.calls::add,
        Clock.systemUTC());
  }

  private List<JsonNode> requisitions() {
    return client.publicRecords().activeProjects().stream()
        .flatMap(
            project ->
                client
                    .publicRecords()
                    .requisitions(project.path("id").longValue(), Wanted.since(null, Instant.now()))
                    .stream())
        .toList();
  }

  /** What Procore shows of links stands in for the ledger's. */
  private EventLinks links() {
    Map<String, String> known = new HashMap<>();
    Map<String, String> types = new HashMap<>();
    client.directory().vendors().forEach(row -> note(known, "vendor", row));
    for (JsonNode project : client.publicRecords().activeProjects()) {
      long id = project.path("id").longValue();
      note(known, "project", project);
      client.directory().costCodes(id).forEach(row -> note(known, "cost_code", row));
      client
          .directory()
          .costTypes(id)
          .forEach(
              row -> {
                note(known, "line_item_type", row);
                types.put(row.path("code").asText(), row.path("origin_id").textValue());
              });
      for (CommitmentKind kind : CommitmentKind.values()) {
        for (JsonNode row : client.directory().commitments(kind, id)) {
          note(known, kind.itemType(), row);
          client
              .directory()
              .commitmentLines(kind, id, row.path("id").longValue())
              .forEach(line -> note(known, "line_item", line));
        }
      }
    }
    return new EventLinks(
        new EventLinks.Known() {
          @Override
          public Optional<String> originId(String itemType, long procoreId) {
            return Optional.ofNullable(known.get(itemType + procoreId));
          }

          @Override
          public Optional<String> number(String itemType, long procoreId) {
            return Optional.empty();
          }

          @Override
          public Optional<String> costType(String code) {
            return Optional.ofNullable(types.get(code));
          }

          @Override
          public boolean isOurs(String originId) {
            return OriginId.parse(originId).connection().equals(HARBOUR);
          }
        });
  }

  private static void note(Map<String, String> known, String itemType, JsonNode row) {
    String origin = row.path("origin_id").textValue();
    if (origin != null) {
      known.put(itemType + row.path("id").longValue(), origin);
    }
  }

  @ParameterizedTest
  @EnumSource(LineAmount.class)
  @DisplayName("An invoice's event has the figures and links of Procore's own, and the same bill")
  void invoicesOfBothDoorsAreTheSame(LineAmount setting) {
    site.set("lineAmount", setting.name().toLowerCase(java.util.Locale.ROOT));
    ArithmeticSettings arithmetic = new ArithmeticSettings(setting, true);
    EventLinks links = links();
    Map<Long, JsonNode> rows =
        requisitions().stream()
            .collect(Collectors.toMap(row -> row.path("id").longValue(), row -> row));
    assertThat(rows).hasSize(10);
    for (JsonNode row : rows.values()) {
      long id = row.path("id").longValue();
      DoorRecord made =
          RequisitionEvents.requisition(
              row, RequisitionEvents.needed(row).map(rows::get).orElse(null), arithmetic);
      links.fill(made.entity(), made.event());
      JsonNode stored = Json.read(Json.write(made.event()));
      RequisitionExport ours =
          DoorEvents.event(COMPANY, made.entity(), 1, stored).requisitions().get(0);
      RequisitionExport theirs =
          ErpEvent.of(client.erpRequest(site.accept(false, id).get(0))).requisitions().get(0);

      assertThat(ours.figuresDigest()).as("figures of %s", id).isEqualTo(theirs.figuresDigest());
      assertThat(ours.jobOriginId()).isEqualTo(theirs.jobOriginId());
      assertThat(ours.contractOriginId()).isEqualTo(theirs.contractOriginId());
      assertThat(ours.billingDate()).isEqualTo(theirs.billingDate());
      assertThat(ours.lines().keySet()).isEqualTo(theirs.lines().keySet());
      theirs
          .lines()
          .forEach(
              (item, line) -> {
                RequisitionExport.Line our = ours.lines().get(item);
                assertThat(our.figures()).isEqualTo(line.figures());
                assertThat(our.costCodeId()).isEqualTo(line.costCodeId());
                assertThat(our.costCodeOriginId()).isEqualTo(line.costCodeOriginId());
                assertThat(our.costTypeOriginId()).isEqualTo(line.costTypeOriginId());
                assertThat(our.commitmentLineOriginId()).isEqualTo(line.commitmentLineOriginId());
              });
      ReadRequisition atTheirs =
          new RequisitionReader(client, arithmetic)
              .read(row.path("project_id").longValue(), id, theirs);
      ReadRequisition waiting = RequisitionEvents.read(stored, arithmetic);
      assertThat(waiting.discrepancies()).isEqualTo(atTheirs.discrepancies()).isEmpty();
      assertThat(amounts(waiting)).isEqualTo(amounts(atTheirs));
      assertThat(waiting.invoice().netInProcore()).isEqualTo(atTheirs.invoice().netInProcore());
    }
  }

  private static List<List<Object>> amounts(ReadRequisition read) {
    return read.invoice().lines().stream().map(DoorEventsTest::amounts).toList();
  }

  private static List<Object> amounts(InvoiceLine line) {
    return List.of(
        line.procoreItemId(),
        line.workThisPeriod(),
        line.storedMaterialThisPeriod(),
        line.retainedWork(),
        line.retainedMaterial(),
        line.releasedWork(),
        line.releasedMaterial(),
        line.retainageHeldBefore(),
        line.costCode());
  }

  @Test
  @DisplayName("A commitment's event is read as Procore's own is")
  void commitmentsOfBothDoorsAreTheSame() {
    EventLinks links = links();
    long project = client.publicRecords().activeProjects().get(0).path("id").longValue();
    JsonNode row = client.directory().commitments(CommitmentKind.WORK_ORDER, project).get(0);
    DoorRecord made =
        ContractEvents.commitment(
            CommitmentKind.WORK_ORDER,
            client
                .directory()
                .commitment(CommitmentKind.WORK_ORDER, project, row.path("id").longValue()));
    links.fill(made.entity(), made.event());
    CommitmentExport export = CommitmentExport.of(made.event());
    assertThat(export.commitment().number()).isEqualTo("SC-0007");
    assertThat(export.commitment().sum()).isEqualTo(export.commitment().grandTotal());
    assertThat(export.commitment().vendorOriginId()).startsWith("xero:harbour:contact:");
    assertThat(export.commitment().projectOriginId()).startsWith("xero:harbour:");
    assertThat(export.commitment().lines())
        .allSatisfy(
            line -> {
              assertThat(line.costCodeOriginId()).isNotBlank();
              assertThat(line.costTypeOriginId()).isNotBlank();
            });
    assertThat(made.facts().party()).isEqualTo("Pacific Concrete Co");
  }

  @Test
  @DisplayName("The digest tells other figures, not other links, marks or times of change")
  void theDigestCountsWhatIsExported() {
    JsonNode row = requisitions().get(0);
    String before =
        RequisitionEvents.requisition(row, null, ArithmeticSettings.defaults()).digest();
    ((com.fasterxml.jackson.databind.node.ObjectNode) row)
        .put("updated_at", "2031-01-01T00:00:00Z")
        .put("origin_id", "xero:harbour:bill:1")
        .put("status", "approved_as_noted");
    assertThat(RequisitionEvents.requisition(row, null, ArithmeticSettings.defaults()).digest())
        .isEqualTo(before);
    ((com.fasterxml.jackson.databind.node.ObjectNode) row.path("items").get(0))
        .put("work_completed_this_period", "40000.01");
    assertThat(RequisitionEvents.requisition(row, null, ArithmeticSettings.defaults()).digest())
        .isNotEqualTo(before);
  }

  @Test
  @DisplayName(
      "A project's event holds codes with types; changed codes change its digest (GEN-WBS-05)")
  void projectsCarryTheirCodes() {
    JsonNode project = client.publicRecords().activeProjects().get(0);
    List<JsonNode> codes = client.directory().costCodes(project.path("id").longValue());
    DoorRecord made = DirectoryEvents.project(project, codes);
    JobExport job = JobExport.of(DoorEvents.event(COMPANY, made.entity(), 1, made.event()));
    assertThat(job.codes()).extracting(JobExport.Code::fullCode).contains("03-110", "26-050");
    assertThat(job.codes()).allSatisfy(code -> assertThat(code.types()).isNotEmpty());
    assertThat(DirectoryEvents.project(project, codes.subList(1, codes.size())).digest())
        .isNotEqualTo(made.digest());
  }
}
