package io.tieback.journey;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.tieback.console.Browser;
import io.tieback.console.door.PasswordHashes;
import io.tieback.journey.Orders.Contractor;
import io.tieback.ledger.Audit;
import io.tieback.ledger.QueueItem;
import io.tieback.ledger.User;
import io.tieback.wire.Json;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole story at Tieback's own door, as people see it in a browser and in their mailbox: made
 * in Procore, sent, mailed, looked at, rejected, corrected, sent again, accepted by a second
 * person, written to Xero, marked in Procore, paid, seen paid; once in each language.
 */
class StoryBrowserTest {

  private static final String PASSWORD = "piles that hold the quay";
  private static final Pattern LINK = Pattern.compile("http://\\S+/console/items/[0-9]+");

  /** Words of the people of one round, and the ids of their records. */
  private enum Told {
    ENGLISH(
        "en",
        880_000,
        "Send to ERP",
        "Re-send to ERP",
        "Accept and export",
        "Reject",
        "Ready to export",
        "Rejected",
        "Synced",
        "Payment",
        "Mail address",
        "Password",
        "Sign in",
        "ERP Integrations Daily Summary",
        "ERP Rejection Notification: subcontractor invoice ",
        "Somebody else than the sender has to accept it",
        "The retainage is 400 short."),
    FRENCH(
        "fr",
        890_000,
        "Envoyer à l’ERP",
        "Renvoyer à l’ERP",
        "Accepter et exporter",
        "Rejeter",
        "À exporter",
        "Rejeté",
        "Synchronisé",
        "Paiement",
        "Adresse courriel",
        "Mot de passe",
        "Se connecter",
        "Résumé quotidien des intégrations ERP",
        "Notification de rejet ERP\u00a0: facture de sous-traitant ",
        "Une autre personne que l'expéditeur doit l'accepter",
        "Il manque 400 de retenue de garantie.");

    private final String language;
    private final long first;
    private final String send;
    private final String resend;
    private final String accept;
    private final String reject;
    private final String ready;
    private final String rejected;
    private final String synced;
    private final String payment;
    private final String mail;
    private final String password;
    private final String signIn;
    private final String summary;
    private final String rejection;
    private final String fourEyes;
    private final String comment;

    Told(String language, long first, String... words) {
      this.language = language;
      this.first = first;
      this.send = words[0];
      this.resend = words[1];
      this.accept = words[2];
      this.reject = words[3];
      this.ready = words[4];
      this.rejected = words[5];
      this.synced = words[6];
      this.payment = words[7];
      this.mail = words[8];
      this.password = words[9];
      this.signIn = words[10];
      this.summary = words[11];
      this.rejection = words[12];
      this.fourEyes = words[13];
      this.comment = words[14];
    }

    private String number(String kind) {
      return kind + "-" + language.toUpperCase(java.util.Locale.ROOT);
    }

    private String manager() {
      return "manager-" + language + "@example.com";
    }

    private String approver() {
      return "approver-" + language + "@example.com";
    }

    private long commitment() {
      return first + 1;
    }

    private long line() {
      return first + 2;
    }

    private long invoice() {
      return first + 3;
    }

    private long invoiceLine() {
      return first + 4;
    }
  }

  @TempDir static Path folder;

  private static GreenMail mailbox;
  private static Site site;
  private static Browser browser;
  private static Contractor contractor;

  @BeforeAll
  static void start() {
    mailbox = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mailbox.start();
    contractor = new Contractor(Site.COMPANY);
    ((ObjectNode) contractor.seed.procore().at("/companies/0")).put("erpIntegration", false);
    int port = Site.freePort();
    site =
        Site.in(folder)
            .with(contractor.seed)
            .set("server.port", Integer.toString(port))
            .set("console.url", "http://localhost:" + port)
            .set(Site.HARBOUR, "door", "tieback")
            .set(Site.HARBOUR, "approval.send", "manual")
            .set(Site.HARBOUR, "invoice.due-date", "billing_date+30")
            .set(Site.HARBOUR, "door.poll", "P1D")
            .set("poll.door", "P1D")
            .set("mail.enabled", "true")
            .set("mail.host", "127.0.0.1")
            .set("mail.port", Integer.toString(mailbox.getSmtp().getPort()))
            .set("mail.security", "none")
            .set("mail.from", "tieback@example.com")
            .set("mail.digest-at", "00:00")
            .set("mail.digest-tick", "* * * * * ?")
            .start();
    browser = Browser.at("http://localhost:" + port);
  }

  private static void person(String email, String name, String language, String hash) {
    long id =
        site.ledger()
            .users()
            .create(new User.Draft(email, name, "approver", language, null), "test");
    site.ledger().users().password(id, hash, "test");
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
    if (site != null) {
      site.close();
    }
    mailbox.stop();
  }

  // ---- Procore

  private static void procore(Told told, String deed, String body) {
    site.procore().post("clock", Json.object().put("advanceSeconds", 60));
    site.procore()
        .post(
            "people/" + deed,
            Json.read(
                ("{'user':{'id':"
                        + told.first
                        + ",'companyId':"
                        + Site.COMPANY
                        + ",'name':'Paula "
                        + told.language
                        + "','email':'"
                        + told.manager()
                        + "'},"
                        + body
                        + "}")
                    .replace('\'', '"')));
    site.deployment().door().reading().sync(Site.HARBOUR);
  }

  private static void made(Told told) {
    long code = contractor.seed.procore().at("/projects/0/costCodes/0/id").longValue();
    procore(
        told,
        "create",
        "'commitments':[{'id':%d,'projectId':%d,'type':'WorkOrderContract','number':'%s','title':'Piles','vendorId':%d,'status':'Approved','accountingMethod':'amount','lines':[{'id':%d,'costCodeId':%d,'lineItemTypeId':%d,'description':'Driven piles','amount':'12500.00'}]}],"
                .formatted(
                    told.commitment(),
                    contractor.tower.id(),
                    told.number("SC"),
                    contractor.supplier,
                    told.line(),
                    code,
                    contractor.subcontract)
            + "'requisitions':[{'id':%d,'commitmentId':%d,'number':1,'invoiceNumber':'%s','status':'approved','billingDate':'2026-08-31','periodStart':'2026-08-01','periodEnd':'2026-08-31','lines':[{'id':%d,'kind':'contract_item','commitmentLineId':%d,'description':'Driven piles','costCodeId':%d,'lineItemTypeId':%d,'accountingMethod':'amount','workThisPeriod':'4000.00','workRetained':'0.00'}]}]"
                .formatted(
                    told.invoice(),
                    told.commitment(),
                    told.number("INV"),
                    told.invoiceLine(),
                    told.line(),
                    code,
                    contractor.subcontract));
  }

  // ---- the console

  private static QueueItem item(String entity, long id) {
    return site.ledger().queueItems().find(Site.HARBOUR, entity, id).orElseThrow();
  }

  private static void awaitState(String entity, long id, String state) {
    Site.until(entity + " " + id + " is " + state, () -> item(entity, id).state().equals(state));
  }

  /** Somebody's own browser window, at an address, for which they have to sign in first. */
  private static Page signedIn(Told told, String email, String address) {
    Page page = browser.visit(told.language + "-CA", Browser.DESK);
    page.navigate(address);
    page.getByLabel(told.mail).fill(email);
    page.getByLabel(told.password, new Page.GetByLabelOptions().setExact(true)).fill(PASSWORD);
    button(page, told.signIn).click();
    return page;
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static String path(QueueItem item) {
    return "/console/items/" + item.id();
  }

  private static void state(Page page, String words) {
    assertThat(page.locator("#live .state-line")).containsText(words);
  }

  // ---- mail

  private static MimeMessage mailTo(String address, String subject) {
    Site.until("mail '" + subject + "' to " + address, () -> !mailsTo(address, subject).isEmpty());
    return mailsTo(address, subject).get(0);
  }

  private static List<MimeMessage> mailsTo(String address, String subject) {
    return Arrays.stream(mailbox.getReceivedMessages())
        .filter(mail -> is(mail, address, subject))
        .toList();
  }

  private static boolean is(MimeMessage mail, String address, String subject) {
    try {
      return mail.getAllRecipients()[0].toString().equals(address)
          && subject.equals(mail.getSubject());
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The link of a mail to an item. */
  private static String linkIn(MimeMessage mail, QueueItem item) {
    return LINK.matcher(MailText.plain(mail))
        .results()
        .map(MatchResult::group)
        .filter(link -> link.endsWith(path(item)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(path(item) + " is not in " + MailText.plain(mail)));
  }

  // ---- the story

  @ParameterizedTest
  @EnumSource(Told.class)
  @DisplayName(
      "GEN-Q-01, GEN-Q-02, GEN-Q-06, GEN-Q-07, GEN-Q-10, GEN-NOT-01, GEN-NOT-07, GEN-PERM-21: made"
          + " in Procore, sent, mailed, rejected, corrected, accepted by a second person, exported,"
          + " paid, seen paid")
  void story(Told told) throws Exception {
    String hash = PasswordHashes.hash(PASSWORD);
    person(told.manager(), "Paula " + told.language, told.language, hash);
    person(told.approver(), "Ann " + told.language, told.language, hash);
    made(told);
    QueueItem commitment = item("work_order_contract", told.commitment());
    Page manager = signedIn(told, told.manager(), path(commitment));
    button(manager, told.send).click();
    state(manager, told.ready);

    // The second round is on the same day: its people have had no digest yet.
    site.execute("delete from digest_run");
    String link = linkIn(mailTo(told.approver(), told.summary), commitment);
    Page approver = signedIn(told, told.approver(), link);
    assertThat(approver).hasURL(Pattern.compile(path(commitment) + "$"));
    assertThat(approver.locator("#document")).isVisible();
    button(approver, told.accept).click();
    awaitState("work_order_contract", told.commitment(), "synced");

    invoiceIsRejected(told, manager, approver);
    procore(
        told,
        "edit",
        "'type':'requisition','id':%d,'fields':{'lines':[{'id':%d,'workRetained':'400.00'}]}"
            .formatted(told.invoice(), told.invoiceLine()));
    QueueItem invoice = item("requisition", told.invoice());
    manager.navigate(path(invoice));
    button(manager, told.resend).click();
    state(manager, told.ready);
    assertThat(button(manager, told.accept)).isDisabled();
    assertThat(manager.locator("#why-accept")).containsText(told.fourEyes);

    approver.navigate(path(invoice));
    Locator total = approver.locator("table.totals tbody tr").last();
    assertThat(total).containsText(told == Told.ENGLISH ? "3,600.00" : "3\u00a0600,00");
    assertThat(button(approver, told.accept)).isEnabled();
    Browser.screenshot(approver, "story-preview", told.language);
    button(approver, told.accept).click();
    awaitState("requisition", told.invoice(), "synced");

    isInXeroAsItWasShown(told);
    isPaid(told, approver, path(invoice));
    Audit.Verification trail = site.ledger().audit().verify();
    assertThat(trail.intact()).as(trail.problem()).isTrue();
    assertThat(trail.entries()).isPositive();
    browser.assertQuiet();
  }

  private static void invoiceIsRejected(Told told, Page manager, Page approver) throws Exception {
    // What waited for its commitment is in order now.
    site.deployment().door().reading().sync(Site.HARBOUR);
    QueueItem invoice = item("requisition", told.invoice());
    manager.navigate(path(invoice));
    button(manager, told.send).click();
    state(manager, told.ready);

    approver.navigate("/console/lists/ready-to-export");
    approver
        .locator("tbody tr", new Page.LocatorOptions().setHasText(told.number("INV")))
        .getByRole(AriaRole.LINK)
        .first()
        .click();
    assertThat(approver.locator("table.totals tbody tr").last())
        .containsText(told == Told.ENGLISH ? "4,000.00" : "4\u00a0000,00");
    button(approver, told.reject).click();
    Locator dialog = approver.getByRole(AriaRole.DIALOG);
    dialog.locator("textarea").fill(told.comment);
    Browser.screenshot(approver, "story-reject", told.language);
    dialog
        .getByRole(
            AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(told.reject).setExact(true))
        .click();
    awaitState("requisition", told.invoice(), "rejected");
    MimeMessage rejection = mailTo(told.manager(), told.rejection + told.number("INV"));
    assertThat(MailText.plain(rejection)).contains(told.comment).contains("Ann " + told.language);
    manager.navigate(linkIn(rejection, invoice));
    state(manager, told.rejected);
    assertThat(manager.locator("#live blockquote.comment")).hasText(told.comment);
  }

  private static void isInXeroAsItWasShown(Told told) {
    JsonNode bill = site.books().bill(told.invoice());
    assertThat(bill.path("total").decimalValue()).isEqualByComparingTo("3600.00");
    assertThat(bill.path("number").asText()).isEqualTo(told.number("INV"));
    assertThat(site.books().requisition(told.invoice()).path("originId").asText())
        .isEqualTo("xero:harbour:bill:" + bill.path("invoiceId").asText());
  }

  private static void isPaid(Told told, Page approver, String page) {
    String bill = site.books().bill(told.invoice()).path("invoiceId").asText();
    site.books().pay(bill, "090", "2026-09-15", "CHQ " + told.first, "3600.00");
    site.syncPayments(Site.HARBOUR);
    Site.until(
        "the payment is in Procore",
        () -> site.books().contractPayments(told.invoice()).size() == 1);
    assertThat(site.books().contractPayments(told.invoice()).get(0).path("amount").asText())
        .isEqualTo("3600.0");
    approver.navigate(page);
    state(approver, told.synced);
    assertThat(approver.locator("#live .timeline")).containsText(told.payment);
    Browser.screenshot(approver, "story-paid", told.language);
  }
}
