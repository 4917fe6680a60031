package io.tieback.command.wiring;

import io.tieback.approval.Approvals;
import io.tieback.approval.Intake;
import io.tieback.approval.Told;
import io.tieback.flow.AcceptedDocuments;
import io.tieback.flow.CommitmentPreparation;
import io.tieback.flow.CompanyReadings;
import io.tieback.flow.OutwardFlows;
import io.tieback.flow.PreviewRoutes;
import io.tieback.flow.Previews;
import io.tieback.flow.Unlinker;
import io.tieback.flow.door.ApprovalPolicies;
import io.tieback.flow.door.DoorExports;
import io.tieback.flow.door.DoorImports;
import io.tieback.flow.door.ReadingSettings;
import io.tieback.flow.door.TiebackDoor;
import java.util.Map;

/**
 * Tieback's own door: dry runs, decisions and what they need of the pipeline. Made once, when it is
 * first asked for.
 */
public final class DoorWiring {

  private final Deployment deployment;
  private final PreviewRoutes routes = new PreviewRoutes();
  private OutwardFlows flows;
  private Previews previews;
  private DoorImports imports;
  private DoorExports exports;
  private Approvals approvals;
  private TiebackDoor reading;
  private volatile Told told = Told.nobody();

  DoorWiring(Deployment deployment) {
    this.deployment = deployment;
  }

  /** From now on this is told what happens to items. */
  public void tells(Told who) {
    told = who;
  }

  /** Where dry runs find the routes, once they run. */
  PreviewRoutes routes() {
    return routes;
  }

  /** Storing of what was composed, as far as it is what was accepted. */
  public AcceptedDocuments acceptedDocuments() {
    return new AcceptedDocuments(
        deployment.ledger(),
        deployment.rooms(),
        deployment.itemShelf(),
        (item, why) -> approvals().returned(item, why));
  }

  /** What people decide. */
  public synchronized Approvals approvals() {
    if (approvals == null) {
      approvals =
          new Approvals(
              deployment.ledger(),
              id ->
                  ApprovalPolicies.of(
                      deployment.settingsDesk().current(), deployment.rooms().of(id)),
              exports(),
              imports(),
              news -> told.of(news));
    }
    return approvals;
  }

  /** Reading of Procore's public resources, as the routes use it. */
  public synchronized TiebackDoor reading() {
    if (reading == null) {
      Intake intake =
          new Intake(
              deployment.ledger(),
              id ->
                  ApprovalPolicies.of(
                      deployment.settingsDesk().current(), deployment.rooms().of(id)),
              approvals(),
              news -> told.of(news));
      reading =
          new TiebackDoor(
              deployment.ledger(),
              deployment.rooms(),
              deployment.watch(),
              id -> ReadingSettings.of(deployment.settingsDesk().current(), id.value()),
              intake,
              deployment.clock());
    }
    return reading;
  }

  /** What decisions need of the pipeline. */
  public synchronized DoorExports exports() {
    if (exports == null) {
      exports =
          new DoorExports(
              deployment.ledger(),
              deployment.rooms(),
              flows(),
              previews(),
              new Unlinker(deployment.ledger(), this::flows),
              deployment.companyLinking(),
              imports());
    }
    return exports;
  }

  /** Suppliers that only the ERP has, for import. */
  public synchronized DoorImports imports() {
    if (imports == null) {
      imports =
          new DoorImports(
              deployment.ledger(),
              deployment.rooms(),
              new CompanyReadings(deployment.ledger()),
              deployment.companyLinking(),
              deployment.watch(),
              deployment.clock());
    }
    return imports;
  }

  /** Dry runs of records of every kind. */
  public synchronized Previews previews() {
    if (previews == null) {
      CommitmentPreparation commitments = deployment.commitmentPreparation(flows());
      previews =
          new Previews(
              deployment.ledger(),
              deployment.rooms(),
              flows(),
              deployment.invoicePreparation(),
              Map.of(
                  "vendor", deployment.companyPreparation(flows()),
                  "project", deployment.projectPreparation(flows()),
                  "cost_item", deployment.costItemPreparation(flows()),
                  "standard_cost_code", deployment.standardCodePreparation(flows()),
                  "work_order_contract", commitments,
                  "purchase_order_contract", commitments,
                  "change_order", deployment.changeOrderPreparation(flows())),
              deployment.itemShelf(),
              routes);
    }
    return previews;
  }

  private synchronized OutwardFlows flows() {
    if (flows == null) {
      flows = deployment.outwardFlows();
    }
    return flows;
  }
}
