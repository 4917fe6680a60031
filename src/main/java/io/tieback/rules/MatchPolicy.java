package io.tieback.rules;

/**
 * What a firm decides about suppliers that are there already.
 *
 * @param linksByItself what is linked without asking a person
 * @param score from which score on two companies count as probably the same, 1 to 100
 */
public record MatchPolicy(By linksByItself, int score) {

  /** What is linked without asking a person. */
  public enum By {
    /** Nothing. */
    NOTHING,
    /** The same name, without case, accents, punctuation and legal form. */
    NAME,
    /** Whatever reaches the score. */
    SCORE
  }
}
