package io.tieback.ledger;

import io.tieback.construction.ConnectionId;
import io.tieback.construction.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What people see and decide about: one record of either door.
 *
 * @param id the ledger's key
 * @param connection whose it is
 * @param door {@code procore} or {@code tieback}
 * @param kind a word such as {@code invoice}
 * @param entity External Data's word, as in the work item
 * @param procoreId Procore's id, or null for what exists in the ERP only
 * @param erpKey the ERP's key of what may be imported, or null
 * @param state a word such as {@code ready_to_export}
 * @param stateSince since when it has that state
 * @param round one more each time that it is sent again
 * @param inErp whether its document is in the ERP
 * @param version what was shown is what is decided about: another version is another content
 * @param about what it is
 * @param shown how it was last composed
 * @param way who sent it and what was decided
 * @param workItemId its work item, or null before it was accepted
 * @param changedAt when anything of it last changed
 * @param correction what a person corrected of it, as long as that stands; null for none
 */
public record QueueItem(
    long id,
    ConnectionId connection,
    String door,
    String kind,
    String entity,
    Long procoreId,
    String erpKey,
    String state,
    Instant stateSince,
    int round,
    boolean inErp,
    int version,
    About about,
    Shown shown,
    Way way,
    Long workItemId,
    Instant changedAt,
    Correction correction) {

  /** Procore's ERP tab, as a value of {@link #door}. */
  public static final String PROCORE = "procore";

  /** Tieback's own queue, as a value of {@link #door}. */
  public static final String TIEBACK = "tieback";

  /**
   * What it is, as Procore (or the ERP, for imports) has it. Any of it may be null.
   *
   * @param number its number
   * @param title its title
   * @param party the company that it is about
   * @param projectId its project
   * @param projectName the project's name
   * @param commitmentId its commitment
   * @param vendorId its company
   * @param amount what it comes to
   * @param currency in which currency
   * @param date its date, in the company's zone
   * @param procoreStatus its status in Procore
   * @param procoreUpdated when it last changed in Procore
   * @param createdByName who created it in Procore
   * @param createdByMail that person's mail address
   * @param createdByProcoreId that person's id in Procore
   * @param event what is staged when it is accepted, JSON in the shape of Procore's own event
   * @param sourceDigest digest of the event
   * @param findings what reading it found, a JSON array of findings; never null
   */
  public record About(
      String number,
      String title,
      String party,
      Long projectId,
      String projectName,
      Long commitmentId,
      Long vendorId,
      Money amount,
      String currency,
      LocalDate date,
      String procoreStatus,
      Instant procoreUpdated,
      String createdByName,
      String createdByMail,
      Long createdByProcoreId,
      String event,
      String sourceDigest,
      String findings) {

    /** Of something of which Procore tells no user that created it. */
    public About(
        String number,
        String title,
        String party,
        Long projectId,
        String projectName,
        Long commitmentId,
        Long vendorId,
        Money amount,
        String currency,
        LocalDate date,
        String procoreStatus,
        Instant procoreUpdated,
        String createdByName,
        String createdByMail,
        String event,
        String sourceDigest,
        String findings) {
      this(
          number,
          title,
          party,
          projectId,
          projectName,
          commitmentId,
          vendorId,
          amount,
          currency,
          date,
          procoreStatus,
          procoreUpdated,
          createdByName,
          createdByMail,
          null,
          event,
          sourceDigest,
          findings);
    }
  }

  /**
   * What a person corrected in place, before it was replayed. It stands until Procore itself has
   * other figures.
   *
   * @param who who corrected it
   * @param at when
   * @param part the record's part of Procore's event as it was corrected, JSON
   */
  public record Correction(String who, Instant at, String part) {}

  /**
   * How it was last composed.
   *
   * @param preview the document as JSON, or null
   * @param digest of document and mapping, or null
   * @param findings what composing it found, a JSON array of findings; never null
   * @param at when that was, or null when it was never composed
   */
  public record Shown(String preview, String digest, String findings, Instant at) {}

  /**
   * Who sent it, and what was decided. Any of it may be null.
   *
   * @param sentAt when it was sent
   * @param sentBy who sent it, when it was a user of ours
   * @param sentByProcoreId who sent it, when it was a user of Procore
   * @param sentByName that person's name
   * @param sentByMail that person's mail address
   * @param firstAcceptedBy the first of two who accepted it
   * @param firstAcceptedUnder in whose right
   * @param firstAcceptedAt when
   * @param acceptedBy who accepted it; null for what went out directly
   * @param acceptedUnder in whose right
   * @param acceptedAt when
   * @param acceptedDigest digest of what was accepted
   * @param acceptedSource digest of the event that was accepted
   * @param rejectedSource digest of the event that was last rejected
   * @param comment of the last rejection
   * @param decidedBy who decided last, by name
   * @param extra what the approver entered, a JSON object of texts; never null
   * @param error why it failed
   * @param remedy what to do about it
   */
  public record Way(
      Instant sentAt,
      Long sentBy,
      Long sentByProcoreId,
      String sentByName,
      String sentByMail,
      Long firstAcceptedBy,
      Long firstAcceptedUnder,
      Instant firstAcceptedAt,
      Long acceptedBy,
      Long acceptedUnder,
      Instant acceptedAt,
      String acceptedDigest,
      String acceptedSource,
      String rejectedSource,
      String comment,
      String decidedBy,
      String extra,
      String error,
      String remedy) {}

  /** Whether Procore has other figures than those that were accepted last. */
  public boolean changedSinceAcceptance() {
    return way.acceptedSource() != null && !way.acceptedSource().equals(about.sourceDigest());
  }

  /** The same, with what an approver entered. */
  public QueueItem withExtra(String extra) {
    Way entered =
        new Way(
            way.sentAt,
            way.sentBy,
            way.sentByProcoreId,
            way.sentByName,
            way.sentByMail,
            way.firstAcceptedBy,
            way.firstAcceptedUnder,
            way.firstAcceptedAt,
            way.acceptedBy,
            way.acceptedUnder,
            way.acceptedAt,
            way.acceptedDigest,
            way.acceptedSource,
            way.rejectedSource,
            way.comment,
            way.decidedBy,
            extra,
            way.error,
            way.remedy);
    return with(about, entered);
  }

  /** The same, with another event. */
  public QueueItem withEvent(String event) {
    About other =
        new About(
            about.number,
            about.title,
            about.party,
            about.projectId,
            about.projectName,
            about.commitmentId,
            about.vendorId,
            about.amount,
            about.currency,
            about.date,
            about.procoreStatus,
            about.procoreUpdated,
            about.createdByName,
            about.createdByMail,
            about.createdByProcoreId,
            event,
            about.sourceDigest,
            about.findings);
    return with(other, way);
  }

  private QueueItem with(About otherAbout, Way otherWay) {
    return new QueueItem(
        id,
        connection,
        door,
        kind,
        entity,
        procoreId,
        erpKey,
        state,
        stateSince,
        round,
        inErp,
        version,
        otherAbout,
        shown,
        otherWay,
        workItemId,
        changedAt,
        correction);
  }

  /** The same, as Procore has it: without what a person corrected. */
  public QueueItem uncorrected() {
    return new QueueItem(
        id,
        connection,
        door,
        kind,
        entity,
        procoreId,
        erpKey,
        state,
        stateSince,
        round,
        inErp,
        version,
        about,
        shown,
        way,
        workItemId,
        changedAt,
        null);
  }

  /** Whether it exists in the ERP only and may be added to Procore. */
  public boolean isImport() {
    return procoreId == null;
  }

  static QueueItem map(ResultSet rs, int row) throws SQLException {
    return new QueueItem(
        rs.getLong("id"),
        Sql.connection(rs),
        rs.getString("door"),
        rs.getString("kind"),
        rs.getString("entity"),
        Sql.longOrNull(rs, "procore_id"),
        rs.getString("erp_key"),
        rs.getString("state"),
        Sql.instant(rs, "state_since"),
        rs.getInt("round"),
        rs.getBoolean("in_erp"),
        rs.getInt("version"),
        about(rs),
        new Shown(
            rs.getString("preview"),
            rs.getString("shown_digest"),
            rs.getString("shown_findings"),
            Sql.instant(rs, "composed_at")),
        way(rs),
        Sql.longOrNull(rs, "work_item_id"),
        Sql.instant(rs, "changed_at"),
        rs.getString("corrected") == null
            ? null
            : new Correction(
                rs.getString("corrected_by"),
                Sql.instant(rs, "corrected_at"),
                rs.getString("corrected")));
  }

  private static About about(ResultSet rs) throws SQLException {
    return new About(
        rs.getString("number"),
        rs.getString("title"),
        rs.getString("party"),
        Sql.longOrNull(rs, "project_id"),
        rs.getString("project_name"),
        Sql.longOrNull(rs, "commitment_id"),
        Sql.longOrNull(rs, "vendor_id"),
        Sql.money(rs, "amount"),
        rs.getString("currency"),
        rs.getObject("record_date", LocalDate.class),
        rs.getString("procore_status"),
        Sql.instant(rs, "procore_updated"),
        rs.getString("created_by_name"),
        rs.getString("created_by_mail"),
        Sql.longOrNull(rs, "created_by_procore_id"),
        rs.getString("event"),
        rs.getString("source_digest"),
        rs.getString("findings"));
  }

  private static Way way(ResultSet rs) throws SQLException {
    return new Way(
        Sql.instant(rs, "sent_at"),
        Sql.longOrNull(rs, "sent_by"),
        Sql.longOrNull(rs, "sent_by_procore_id"),
        rs.getString("sent_by_name"),
        rs.getString("sent_by_mail"),
        Sql.longOrNull(rs, "first_accepted_by"),
        Sql.longOrNull(rs, "first_accepted_under"),
        Sql.instant(rs, "first_accepted_at"),
        Sql.longOrNull(rs, "accepted_by"),
        Sql.longOrNull(rs, "accepted_under"),
        Sql.instant(rs, "accepted_at"),
        rs.getString("accepted_digest"),
        rs.getString("accepted_source"),
        rs.getString("rejected_source"),
        rs.getString("comment"),
        rs.getString("decided_by"),
        rs.getString("extra"),
        rs.getString("error"),
        rs.getString("remedy"));
  }
}
