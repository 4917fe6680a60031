package io.tieback.approval;

import java.util.Locale;

/** States of an item in the queue (GEN-Q), with the list that shows it and its icon (GEN-ICON). */
public enum QueueState {
  /** Known, and not sent: its findings say why, or somebody has to send it. */
  NOT_SENT(null, Icon.NONE),
  /** Sent, and waits for an approver. */
  READY_TO_EXPORT(QueueList.READY_TO_EXPORT, Icon.BLUE),
  /** In the ERP already, and sent again with changes. */
  READY_TO_UPDATE(QueueList.READY_TO_UPDATE, Icon.BLUE),
  /** Taken back by whoever sent it, before a decision. */
  RETRIEVED(null, Icon.YELLOW),
  /** Sent back by an approver. */
  REJECTED(null, Icon.YELLOW),
  /** Accepted, and on its way. */
  EXPORTING(QueueList.READY_TO_EXPORT, Icon.BLUE),
  /** Accepted, and not written; a person must act. */
  FAILED(QueueList.FAILED_TO_EXPORT, Icon.RED),
  /** In the ERP. */
  SYNCED(QueueList.SYNCED, Icon.GREEN),
  /** Was in the ERP, and is free again. */
  UNLINKED(null, Icon.NONE),
  /** In the ERP only; may be added to Procore or linked. */
  READY_TO_IMPORT(QueueList.READY_TO_IMPORT, Icon.NONE),
  /** Was added to Procore or linked. */
  IMPORTED(QueueList.SYNCED, Icon.GREEN),
  /** Set aside; can be taken up again. */
  ARCHIVED(QueueList.ARCHIVED, Icon.NONE),
  /** Procore no longer has it, or it cannot be read. */
  INVALID(null, Icon.NONE);

  /** Colours of the icon; a tooltip tells what it means (contradiction C-08). */
  public enum Icon {
    /** No icon. */
    NONE,
    /** In the ERP (GEN-ICON-01). */
    GREEN,
    /** Waits for an approver (GEN-ICON-02). */
    BLUE,
    /** Retrieved or rejected (GEN-ICON-03, GEN-ICON-04). */
    YELLOW,
    /** Failed (GEN-ICON-08). */
    RED
  }

  private final QueueList list;
  private final Icon icon;

  QueueState(QueueList list, Icon icon) {
    this.list = list;
    this.icon = icon;
  }

  /** The list that shows it, or null when none of the six does. */
  public QueueList list() {
    return list;
  }

  /** Its icon. */
  public Icon icon() {
    return icon;
  }

  /** The state of a word of the database. */
  public static QueueState of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The word that the database has for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
