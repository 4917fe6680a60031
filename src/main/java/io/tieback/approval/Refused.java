package io.tieback.approval;

import java.util.Locale;

/** Something may not be done; nothing was changed. */
public class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  /** A refusal of ours. */
  public Refused(Refusal refusal) {
    super(refusal.reason(Locale.ENGLISH) + " " + refusal.remedy(Locale.ENGLISH));
    this.refusal = refusal;
  }

  /** A refusal in words that somebody else has said, such as Procore's or the ERP's own. */
  public Refused(String reason, String remedy) {
    this(Refusal.said(reason, remedy));
  }

  /** Which it is. */
  public Refusal refusal() {
    return refusal;
  }

  /** Why, in English. */
  public String reason() {
    return refusal.reason(Locale.ENGLISH);
  }

  /** What to do, in English. */
  public String remedy() {
    return refusal.remedy(Locale.ENGLISH);
  }
}
