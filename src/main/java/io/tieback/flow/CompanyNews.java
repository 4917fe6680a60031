package io.tieback.flow;

import com.fasterxml.jackson.databind.JsonNode;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.Links;
import io.tieback.notice.Notifier;
import io.tieback.procore.ErpEvent;
import io.tieback.procore.ExternalDataRow;
import io.tieback.procore.SyncOutcome;
import io.tieback.wire.Failure;
import io.tieback.wire.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What people did with companies in Procore itself, and Procore only tells: linked, imported,
 * unlinked, merged (GEN-API-37).
 */
public final class CompanyNews implements EventDeed {

  private static final String WHO = "Procore";

  private final Ledger ledger;
  private final CompanyLinking linking;
  private final Notifier notifier;

  /** Wires it. */
  public CompanyNews(Ledger ledger, CompanyLinking linking, Notifier notifier) {
    this.ledger = ledger;
    this.linking = linking;
    this.notifier = notifier;
  }

  @Override
  public Set<String> requestNames() {
    return Set.of(
        "create_vendor_in_procore",
        "link_vendor",
        "link_all_vendors",
        "unlink_vendor",
        "merge_vendors");
  }

  @Override
  public Outcome carryOut(ConnectionRoom room, ErpEvent event) {
    return switch (event.requestName()) {
      case "unlink_vendor" -> unlinked(room, event.data().path("vendor"));
      case "merge_vendors" -> merged(room, event);
      default -> linked(room, event);
    };
  }

  /** Learns links; what waited for them goes. */
  private Outcome linked(ConnectionRoom room, ErpEvent event) {
    List<JsonNode> vendors = new ArrayList<>();
    if (event.data().path("vendor").isObject()) {
      vendors.add(event.data().path("vendor"));
    }
    event.data().path("vendors").forEach(vendors::add);
    List<Links.Link> links = new ArrayList<>();
    for (JsonNode vendor : vendors) {
      key(room, vendor)
          .ifPresent(
              key -> links.add(CompanyLinking.link(room, Long.toString(id(vendor)), key, null)));
    }
    ledger.links().put(links);
    List<Long> ids = links.stream().map(link -> Long.valueOf(link.procoreKey())).toList();
    ledger.companyMatches().suggested(room.id(), ids, List.of());
    ids.forEach(id -> linking.goesOn(room, id, WHO));
    return Outcome.done(links.size() + " of " + vendors.size() + " links learned.", 0);
  }

  private Outcome unlinked(ConnectionRoom room, JsonNode vendor) {
    Optional<String> stated = key(room, vendor);
    boolean other =
        stated.isEmpty() && !vendor.path("origin_id").isNull() && vendor.has("origin_id");
    if (other) {
      return Outcome.done("The link was not of this connection; nothing changes here.", 0);
    }
    linking.forget(room, id(vendor), "unlinked in Procore");
    return Outcome.done("Company " + id(vendor) + " is linked no longer.", 0);
  }

  /** The sources are gone; what refers to them refers to the master from now on. */
  private Outcome merged(ConnectionRoom room, ErpEvent event) {
    JsonNode master = event.data().path("master_vendor");
    long into = id(master);
    int moved = 0;
    int calls = 0;
    for (JsonNode source : event.data().path("source_vendors")) {
      long gone = id(source);
      if (gone == into) {
        continue;
      }
      Optional<String> theirs = keyOf(room, gone, source);
      Optional<String> ours = keyOf(room, into, master);
      if (ours.isEmpty() && theirs.isPresent()) {
        write(room, into, theirs.get());
        calls++;
      } else if (theirs.isPresent() && !theirs.equals(ours)) {
        leftOver(room, into, theirs.get(), ours.get());
      }
      moved += ledger.companyMerges().merged(room.id(), gone, into);
      linking.forget(room, gone, "merged into company " + into);
    }
    return Outcome.done(moved + " records go on under company " + into + ".", calls);
  }

  /** Two suppliers for one company: only a person can merge them in the ERP. */
  private void leftOver(ConnectionRoom room, long into, String theirs, String ours) {
    String erp = room.erp().capabilities().displayName();
    notifier.remark(
        room.id(),
        "company " + into,
        "Another company was merged into it in Procore. Its supplier "
            + theirs
            + " stays in "
            + erp
            + " beside "
            + ours
            + ".",
        "Merge the two suppliers in " + erp + ".",
        "merged " + theirs);
  }

  private void write(ConnectionRoom room, long vendor, String key) {
    for (SyncOutcome<ExternalDataRow.Key> outcome :
        room.client()
            .syncExternalData(
                List.of(
                    new ExternalDataRow(
                        CompanyReadings.VENDOR,
                        vendor,
                        CompanyReadings.originId(room, key),
                        null,
                        null)))) {
      if (!outcome.accepted()) {
        throw Failure.of(
            FailureKind.CONFLICT,
            "Procore did not take the link of company "
                + vendor
                + " after the merging: "
                + outcome.words(),
            "Link the company by hand: ./tieback companies link " + vendor + " " + key);
      }
    }
    ledger.links().put(List.of(CompanyLinking.link(room, Long.toString(vendor), key, null)));
  }

  /** The supplier of a company: as the event states it, else as it was known. */
  private Optional<String> keyOf(ConnectionRoom room, long id, JsonNode vendor) {
    return key(room, vendor)
        .or(
            () ->
                ledger
                    .links()
                    .get(room.id(), CompanyReadings.VENDOR, Long.toString(id))
                    .flatMap(link -> CompanyReadings.key(room, link.originId())));
  }

  private static Optional<String> key(ConnectionRoom room, JsonNode vendor) {
    return CompanyReadings.key(room, vendor.path("origin_id").textValue());
  }

  /** Procore writes ids of these events as numbers and as texts. */
  private static long id(JsonNode vendor) {
    long id = vendor.path("id").asLong(0);
    if (id <= 0) {
      throw Failure.of(
          FailureKind.REFUSED,
          "The event names a company without a usable id: " + vendor.path("id"),
          "Tell whoever runs Tieback: Procore's event does not have the published form.");
    }
    return id;
  }
}
