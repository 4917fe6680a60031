package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.construction.DocumentKind;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.StagedRequest;
import io.tieback.ledger.WorkItem;
import io.tieback.procore.DirectoryVendor;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ExternalDataRow;
import io.tieback.wire.Json;
import java.util.List;
import java.util.Set;

/** Companies on their way out; {@link CompanyPreparation} prepares them. */
public final class CompanyFlow implements OutwardFlow {

  private static final int LONGEST_NAME_IN_WORDS = 60;

  private final Ledger ledger;
  private final ConnectionRooms rooms;

  /** Wires it. */
  public CompanyFlow(Ledger ledger, ConnectionRooms rooms) {
    this.ledger = ledger;
    this.rooms = rooms;
  }

  @Override
  public DocumentKind kind() {
    return DocumentKind.SUPPLIER;
  }

  @Override
  public Set<String> entities() {
    return Set.of(CompanyReadings.VENDOR);
  }

  @Override
  public Set<String> requestNames() {
    return Set.of("create_vendor");
  }

  @Override
  public Staged stage(ConnectionRoom room, ErpEvent event) {
    if (!rooms.leads(room)) {
      return Staged.nothing(OutwardFlow.ELSEWHERE);
    }
    JsonNode vendor = event.data().path("vendor");
    if (!vendor.isObject()) {
      return Staged.nothing("The event holds no company; there is nothing to do.");
    }
    long id = DirectoryVendor.of(vendor).id();
    OpenDetails open = OpenDetails.of(room, event.detailOf(vendor), id);
    return new Staged(
        List.of(
            new StagedRequest.Item(
                CompanyReadings.VENDOR, id, Json.write(vendor), null, null, id, null)),
        open.detail() == null
            ? List.of()
            : List.of(new StagedRequest.Detail(open.detail(), List.of(id))),
        open.calls(),
        null);
  }

  @Override
  public String inWords(String entity, long procoreId, JsonNode event) {
    String name = event.path("name").asText("").replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    return "company "
        + (name.isEmpty() || name.length() > LONGEST_NAME_IN_WORDS
            ? Long.toString(procoreId)
            : name + " (" + procoreId + ")");
  }

  /**
   * Its own row; that of the company into which it was merged while it was under way, unless that
   * one is linked already.
   */
  @Override
  public List<ExternalDataRow> originRows(ConnectionRoom room, WorkItem item) {
    long today = ledger.companyMerges().today(room.id(), item.procoreId());
    boolean mergedIntoLinked =
        today != item.procoreId()
            && ledger
                .links()
                .get(room.id(), CompanyReadings.VENDOR, Long.toString(today))
                .isPresent();
    return mergedIntoLinked
        ? List.of()
        : List.of(
            new ExternalDataRow(
                CompanyReadings.VENDOR,
                today,
                CompanyReadings.originId(room, item.erpId()),
                item.erpNumber(),
                null));
  }
}
