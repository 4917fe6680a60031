package io.tieback.approval;

import java.util.Locale;

/** The six lists of the tool (GEN-Q-01). */
public enum QueueList {
  /** What the ERP has and Procore has not. */
  READY_TO_IMPORT,
  /** What waits for a decision, and what is on its way. */
  READY_TO_EXPORT,
  /** What is in the ERP and was sent again. */
  READY_TO_UPDATE,
  /** What could not be written, with the reason in red (GEN-ICON-08). */
  FAILED_TO_EXPORT,
  /** What is in both. */
  SYNCED,
  /** What was set aside. */
  ARCHIVED;

  /** The list of a path segment such as {@code ready-to-export}. */
  public static QueueList ofPath(String path) {
    return valueOf(path.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** Its path segment. */
  public String path() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
