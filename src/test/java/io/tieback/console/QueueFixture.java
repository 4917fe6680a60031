package io.tieback.console;

import io.tieback.approval.ApprovalPolicy;
import io.tieback.approval.Approvals;
import io.tieback.approval.Composed;
import io.tieback.approval.Exports;
import io.tieback.approval.Findings;
import io.tieback.approval.Imports;
import io.tieback.approval.Person;
import io.tieback.approval.RecordKind;
import io.tieback.approval.Refused;
import io.tieback.approval.Told;
import io.tieback.console.page.Pages;
import io.tieback.console.queue.ItemLinks;
import io.tieback.console.queue.QueuePages;
import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import io.tieback.flow.Overviews;
import io.tieback.flow.WebConnectorVisits;
import io.tieback.ledger.DoorRequests;
import io.tieback.ledger.Ledger;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.QueueMoves;
import io.tieback.ledger.QueueReading;
import io.tieback.ledger.StagedRequest;
import io.tieback.rules.Finding;
import io.tieback.rules.Finding.Severity;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A queue with something in every list, and a pipeline that composes what a test says and keeps
 * what was exported. Decisions are made by the real {@link Approvals} on the real ledger.
 */
final class QueueFixture implements Exports, Imports {

  static final ConnectionId NORTH = new ConnectionId("north");

  final List<QueueItem> exported = new ArrayList<>();
  final Map<Long, String> digests = new HashMap<>();
  final Set<Long> stillThere = new HashSet<>();
  private Ledger ledger;
  private Approvals approvals;

  /** The pages, on this pipeline. */
  Pages.Group pages(Ledger of, Clock clock) {
    ledger = of;
    ledger.connections().register(NORTH, 4711, "xero", "tenant-1");
    ledger.connections().door(NORTH, QueueItem.TIEBACK);
    approvals = new Approvals(ledger, id -> policy(), this, this, Told.nobody());
    return new QueuePages(
        ledger,
        approvals,
        id -> policy(),
        item ->
            new ItemLinks.Addresses(
                "https://app.procore.com/" + item.procoreId(), "", policy().erpName()),
        new Overviews(ledger, WebConnectorVisits.NONE, Map.of()),
        clock);
  }

  Approvals approvals() {
    return approvals;
  }

  private static ApprovalPolicy policy() {
    return new ApprovalPolicy(
        QueueItem.TIEBACK,
        true,
        Money.of("100000.00"),
        ApprovalPolicy.Comment.REQUIRED,
        Set.of(),
        Set.of(RecordKind.PROJECT),
        null,
        "Xero");
  }

  // ---- the pipeline

  @Override
  public long export(QueueItem item) {
    exported.add(item);
    return ledger
        .doorRequests()
        .stage(
            new DoorRequests.Accepted(
                NORTH,
                4711,
                item.id(),
                item.entity(),
                "{}",
                List.of(
                    new StagedRequest.Item(
                        item.entity(), item.procoreId(), "{\"id\": 5}", 11L, 22L, 33L))))
        .get(0)
        .id();
  }

  @Override
  public Composed compose(QueueItem item) {
    List<Finding> findings = Findings.read(item.about().findings());
    boolean order = item.kind().equals("change_order");
    return new Composed(
        order ? ORDER : BILL.replace("$NUMBER", String.valueOf(item.about().number())),
        digests.getOrDefault(item.id(), "digest-" + item.about().sourceDigest()),
        findings.stream().filter(one -> one.severity() == Severity.WARN).toList(),
        item.about().amount(),
        "USD",
        null);
  }

  @Override
  public void unlink(QueueItem item, String who) {
    if (stillThere.contains(item.id())) {
      throw new Refused("The bill is still in Xero.", "Void it there first.");
    }
  }

  @Override
  public void add(QueueItem item, Person who) {}

  @Override
  public void link(QueueItem item, long procoreId, Person who) {}

  // ---- records

  /** A record that was read. */
  QueueItem read(RecordKind kind, String entity, long id, QueueItem.About about, String state) {
    long key =
        ledger
            .queueItems()
            .add(
                List.of(
                    new QueueReading(
                        NORTH,
                        kind.word(),
                        entity,
                        kind == RecordKind.COMPANY && state.equals("ready_to_import") ? null : id,
                        kind == RecordKind.COMPANY && state.equals("ready_to_import")
                            ? "contact-" + id
                            : null,
                        about)),
                state,
                "node-a")
            .get(0);
    return ledger.queueItems().find(key).orElseThrow();
  }

  /** An invoice that a project manager has sent. */
  QueueItem invoice(long id, String number, String party, String amount) {
    QueueItem item =
        read(
            RecordKind.INVOICE,
            "requisition",
            id,
            about(number, "Concrete works", party, amount),
            "not_sent");
    return sent(item, "Pat Manager", "pat@builder.example", null);
  }

  QueueItem sent(QueueItem item, String name, String mail, Long user) {
    return ledger
        .queueMoves()
        .sent(
            new QueueMoves.Move(item.id(), item.version(), "send", "ready_to_export", mail, null),
            new QueueMoves.Sender(user, 901L, name, mail),
            false)
        .orElseThrow();
  }

  QueueItem moved(QueueItem item, String action, String to, String error) {
    QueueMoves.Move move =
        new QueueMoves.Move(item.id(), item.version(), action, to, "node-a", error);
    return (error == null
            ? ledger.queueMoves().moved(move)
            : ledger.queueMoves().troubled(move, error, "Correct it and send it again."))
        .orElseThrow();
  }

  QueueItem now(QueueItem item) {
    return ledger.queueItems().find(item.id()).orElseThrow();
  }

  static QueueItem.About about(
      String number, String title, String party, String amount, Finding... findings) {
    return new QueueItem.About(
        number,
        title,
        party,
        11L,
        "North Tower",
        22L,
        33L,
        amount == null ? null : Money.of(amount),
        "USD",
        LocalDate.of(2026, 3, 4),
        "approved",
        null,
        "Pat Manager",
        "pat@builder.example",
        "{\"id\": 5}",
        "source-" + number,
        Findings.json(List.of(findings)));
  }

  static Finding refusing(String found) {
    return new Finding(
        "XR-INV-08", Severity.REFUSE, "Status", found, "Approved", "Approve it in Procore.");
  }

  static Finding remark(String found) {
    return new Finding("XR-INV-02", Severity.WARN, "Number", found, "50 characters", "Shorten it.");
  }

  /** Something in every list; gives them by name. */
  Map<String, QueueItem> everything() {
    Map<String, QueueItem> all = new HashMap<>();
    all.put("first", invoice(1, "PC-001", "Acme Concrete", "9000.00"));
    all.put("second", invoice(2, "PC-002", "Béton Laval", "4500.50"));
    all.put("third", invoice(3, "PC-003", "Keystone Steel", "150000.00"));
    all.put(
        "change",
        sent(
            read(
                RecordKind.CHANGE_ORDER,
                "change_order",
                4,
                about("1", "Taller walls", "Acme Concrete", "1000.00", remark("No date is set")),
                "not_sent"),
            "Pat Manager",
            "pat@builder.example",
            null));
    QueueItem failing = invoice(5, "PC-005", "Prairie Drywall", "700.00");
    all.put(
        "failed",
        moved(
            moved(failing, "accept", "exporting", null),
            "fail",
            "failed",
            "Account 410 is archived in Xero."));
    all.put(
        "synced",
        moved(
            moved(invoice(6, "PC-006", "Atlas Roofing", "-250.00"), "accept", "exporting", null),
            "sync",
            "synced",
            null));
    ledger.queueMoves().inErp(all.get("synced").id());
    all.put(
        "retrieved",
        moved(invoice(7, "PC-007", "Acme Concrete", "10.00"), "retrieve", "retrieved", null));
    all.put(
        "not sent",
        read(
            RecordKind.COMMITMENT,
            "work_order_contract",
            8,
            about("SC-008", "Formwork", "Acme Concrete", "12500.00", refusing("Draft")),
            "not_sent"));
    all.put(
        "eligible",
        read(
            RecordKind.COMMITMENT,
            "work_order_contract",
            9,
            about("SC-009", "Rebar", "Keystone Steel", "800.00"),
            "not_sent"));
    all.put(
        "import",
        read(
            RecordKind.COMPANY,
            "vendor",
            10,
            about(null, "Newcomer Ltd", "Newcomer Ltd", null),
            "ready_to_import"));
    all.put(
        "archived",
        moved(
            read(
                RecordKind.COMMITMENT,
                "work_order_contract",
                12,
                about("SC-012", "Old", "Acme Concrete", "1.00"),
                "not_sent"),
            "archive",
            "archived",
            null));
    return all;
  }

  private static final String BILL =
      """
      {"erp":"Xero","action":"create","document":{"kind":"ACCPAY","number":"$NUMBER","contact":"c-1","contactName":"Acme Concrete",
       "date":"2026-03-04","due":"2026-04-03","currency":"USD","taxAmounts":"NO_TAX",
       "lines":[{"kind":"WORK","description":"03-110 Formwork","item":"03-110","itemName":"Formwork","account":"500","accountName":"Job costs",
         "quantity":"4","unitAmount":"2500","amount":"10000.00","tax":"0.00","taxType":"NONE","sources":[71]},
        {"kind":"RETAINAGE_HELD","description":"Retainage held","item":null,"account":"820","accountName":"Retainage payable","quantity":"1",
         "unitAmount":"-1000","amount":"-1000.00","tax":"0.00","taxType":"NONE","sources":[71]}],
       "totals":{"work":"10000.00","retainageHeld":"-1000.00","retainageReleased":"0.00","total":"9000.00","tax":"0.00","payable":"9000.00"},
       "notes":["The due date was set by the terms of payment."]},
       "procore":{"number":"$NUMBER","date":"2026-03-04","due":"2026-04-04","gross":"10000.00","retained":"1000.00","released":"0.00",
        "net":"9000.00","paymentDue":"9000.00","tax":"0.00","lines":[{"id":71,"description":"Formwork","costCode":"03-110","quantity":"4",
         "unitPrice":"2500","gross":"10000.00","retained":"1000.00","released":"0.00","net":"9000.00"}]},
       "before":null,"after":null}
      """;

  private static final String ORDER =
      """
      {"erp":"Xero","action":"add-lines","document":{"kind":"order","number":"SC-0007","contactName":"Acme Concrete","date":"2026-03-04",
       "currency":"USD","lines":[{"description":"Taller walls","item":"03-110","itemName":"Formwork","account":"500","accountName":"Job costs",
         "quantity":"1","unitAmount":"1000","amount":"1000.00"}],"totals":{"total":"1000.00"},"notes":[]},
       "procore":{"number":"1","total":"1000.00","lines":[{"id":81,"description":"Taller walls","costCode":"03-110","amount":"1000.00"}]},
       "before":{"number":"SC-0007","status":"AUTHORISED","lines":[{"description":"Formwork L1","amount":"12500.00","added":false}],"total":"12500.00"},
       "after":{"number":"SC-0007","status":"AUTHORISED","lines":[{"description":"Formwork L1","amount":"12500.00","added":false},
         {"description":"Taller walls","amount":"1000.00","added":true}],"total":"13500.00"}}
      """;
}
