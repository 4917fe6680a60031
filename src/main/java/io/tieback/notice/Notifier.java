package io.tieback.notice;

import io.tieback.construction.ConnectionId;
import io.tieback.ledger.Ledger;
import java.util.List;

/**
 * Writes the mails about what needs a person into the ledger's outbox; a route sends them. Nothing
 * is written when nobody is to be told (mail switched off), since the dead letters and the health
 * page show the same.
 */
public final class Notifier {

  private final Ledger ledger;
  private final List<String> recipients;

  /**
   * @param recipients mail addresses; none switches mail off
   */
  public Notifier(Ledger ledger, List<String> recipients) {
    this.ledger = ledger;
    this.recipients = List.copyOf(recipients);
  }

  /** A record needs a person. */
  public void deadLetter(
      ConnectionId connection, String what, String kind, String message, String remedy) {
    String body =
        String.join(
            "\n",
            what + " was not written, and needs you.",
            "",
            "Connection:  " + connection,
            "Kind:        " + kind.toLowerCase(java.util.Locale.ROOT),
            "",
            "What happened",
            message,
            "",
            "What to do",
            remedy == null || remedy.isBlank()
                ? "See the dead letter for the whole story."
                : remedy,
            "",
            "It is kept as a dead letter:",
            "  ./tieback dead-letters list",
            "Replay it after the correction, or correct it in Procore and send it again.",
            "");
    add(connection, "dead_letter", "Tieback: " + what + " needs you", body, null);
  }

  /**
   * A document was written, and a person has to look at it.
   *
   * @param onceKey the same remark is mailed once
   */
  public void remark(
      ConnectionId connection, String what, String message, String remedy, String onceKey) {
    String body =
        String.join(
            "\n",
            what + " is in the ERP, and has to be looked at.",
            "",
            "Connection:  " + connection,
            "",
            "What was found",
            message,
            "",
            "What to do",
            remedy,
            "");
    add(connection, "remark", "Tieback: look at " + what, body, onceKey);
  }

  /** The sign-in of a connection failed; nothing goes out or comes back until it works. */
  public void connectionPaused(ConnectionId connection, String message, String remedy) {
    String body =
        String.join(
            "\n",
            "Connection " + connection + " is paused: a sign-in does not work.",
            "",
            "What happened",
            message,
            "",
            "What to do",
            remedy == null || remedy.isBlank()
                ? "Run ./tieback doctor; it says which sign-in fails and why."
                : remedy,
            "",
            "Nothing is lost. It goes on by itself as soon as the sign-in works.",
            "");
    add(
        connection,
        "connection_paused",
        "Tieback: connection " + connection + " is paused",
        body,
        null);
  }

  /** A paused connection goes on. */
  public void connectionResumed(ConnectionId connection) {
    add(
        connection,
        "connection_resumed",
        "Tieback: connection " + connection + " goes on",
        "The sign-in of connection "
            + connection
            + " works again. What waited goes on by itself.\n",
        null);
  }

  /** A payment that was written to Procore is gone in the ERP (GEN-PAY-11). */
  public void paymentDeleted(ConnectionId connection, String what, String consequence) {
    add(
        connection,
        "payment_deleted",
        "Tieback: a payment was deleted in the ERP",
        what + "\n\nIt no longer counts as paid. " + consequence + "\n",
        null);
  }

  private void add(
      ConnectionId connection, String kind, String subject, String body, String onceKey) {
    if (!recipients.isEmpty()) {
      ledger.notices().add(connection, kind, recipients, subject, body, onceKey);
    }
  }
}
