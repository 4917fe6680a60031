package io.tieback.flow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.construction.CompanyMarker;
import io.tieback.construction.Outgoing;
import io.tieback.construction.Supplier;
import io.tieback.flow.CompanyReadings.Reading;
import io.tieback.ledger.CompanyMatches.Pair;
import io.tieback.ledger.Ledger;
import io.tieback.procore.DirectoryVendor;
import io.tieback.rules.Finding;
import io.tieback.rules.SupplierChecks;
import io.tieback.rules.SupplierMatches;
import io.tieback.rules.SupplierMatches.Decision;
import io.tieback.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * The steps of the route {@code prepare-company}: a company becomes a supplier of the ERP, or is
 * linked to the one that it is already.
 */
public final class CompanyPreparation extends RecordPreparation<CompanyPreparation.ReadCompany> {

  private final Ledger ledger;
  private final CompanyReadings readings;

  /** Which claim the company that this thread reads belongs to. */
  private final ThreadLocal<String> claim = new ThreadLocal<>();

  /** Wires it. */
  public CompanyPreparation(
      Ledger ledger,
      ConnectionRooms rooms,
      OutwardFlows flows,
      CallTally tally,
      ItemShelf shelf,
      CompanyReadings readings) {
    super(rooms, flows, tally, shelf);
    this.ledger = ledger;
    this.readings = readings;
  }

  /**
   * A company as it was read.
   *
   * @param supplier as it is to stand in the ERP
   * @param linkedTo the origin id that Procore's event states, or null
   * @param findings what speaks against creating or linking it
   */
  public record ReadCompany(Supplier supplier, String linkedTo, List<Finding> findings) {
    public ReadCompany {
      findings = List.copyOf(findings);
    }
  }

  /** Step: reads; companies that were claimed together share one look at both sides. */
  @Override
  public void read(Exchange exchange) {
    claim.set(exchange.getProperty(Exchange.CORRELATION_ID, String.class));
    try {
      super.read(exchange);
    } finally {
      claim.remove();
    }
  }

  @Override
  protected Read<ReadCompany> read(Work<ReadCompany> work) {
    ConnectionRoom room = work.room();
    // What comes again may have been corrected in Procore since its event was made.
    DirectoryVendor vendor =
        DirectoryVendor.of(
            work.round() > 1 ? room.client().directory().vendor(work.procoreId()) : work.event());
    Supplier supplier = vendor.supplier(CompanyMarker.of(room.id(), vendor.id()));
    Optional<String> linked =
        ledger
            .links()
            .get(room.id(), CompanyReadings.VENDOR, Long.toString(vendor.id()))
            .flatMap(link -> CompanyReadings.key(room, link.originId()));
    if (linked.isPresent()) {
      // Linked by a person while it was under way.
      return new Read<>(
          new ReadCompany(supplier.linkedTo(linked.get()), null, List.of()), List.of());
    }
    Reading reading = readings.of(room, claim.get());
    String erp = room.erp().capabilities().displayName();
    Decision decision =
        new SupplierMatches(erp, reading.books(), reading.linked(), room.companies().match())
            .decide(
                vendor.company(),
                supplier.marker(),
                ledger.companyMatches().apart(room.id()).getOrDefault(vendor.id(), Set.of()));
    ledger
        .companyMatches()
        .suggested(
            room.id(),
            List.of(vendor.id()),
            decision.suggestions().stream()
                .map(
                    match ->
                        new Pair(
                            match,
                            vendor.name(),
                            reading.books().find(match.second()).orElseThrow().name()))
                .toList());
    List<Finding> findings = new ArrayList<>(decision.findings());
    if (decision.existing() == null && findings.isEmpty()) {
      long first = reading.creating(vendor.name(), vendor.id());
      if (first != vendor.id()) {
        findings.add(SupplierMatches.sameNameUnderWay(vendor.company(), first));
      }
    }
    return new Read<>(
        new ReadCompany(supplier.linkedTo(decision.existing()), vendor.originId(), findings),
        List.of());
  }

  @Override
  protected List<Finding> findings(Work<ReadCompany> work, ReadCompany company) {
    List<Finding> findings = new ArrayList<>(company.findings());
    findings.addAll(
        SupplierChecks.of(
            company.supplier(),
            company.linkedTo(),
            work.room().erp().capabilities().displayName(),
            work.room().companies().limits()));
    return findings;
  }

  @Override
  protected ObjectNode figures(Work<ReadCompany> work, ReadCompany company) {
    return ProcoreFigures.of(company.supplier());
  }

  @Override
  protected Outgoing compose(Work<ReadCompany> work, ReadCompany company) {
    return company.supplier();
  }

  @Override
  protected Shown shown(Work<ReadCompany> work, ReadCompany company, Outgoing outgoing) {
    Supplier supplier = (Supplier) outgoing;
    ObjectNode document =
        Json.object()
            .put("kind", CompanyReadings.KIND)
            .put("name", supplier.name())
            .put("existing", supplier.existing())
            .put("marker", supplier.marker());
    return new Shown(document, null, null, supplier.name(), null, null, supplier.vendorId(), 1);
  }
}
