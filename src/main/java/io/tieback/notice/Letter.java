package io.tieback.notice;

import java.util.List;

/**
 * What a mail says, in its reader's language, before it becomes text and HTML. Everything in it is
 * plain text: the templates escape it.
 *
 * @param subject the subject, one line
 * @param headline the first line, in large letters
 * @param tone what colour the headline's edge has
 * @param blocks what follows
 * @param action where to go now, or null
 */
public record Letter(
    String subject, String headline, Tone tone, List<Block> blocks, Action action) {

  public Letter {
    blocks = List.copyOf(blocks);
  }

  /** How urgent it is, to the eye; the words say it too. */
  public enum Tone {
    /** Something waits. */
    BLUE("#1d5fa8"),
    /** Something was sent back or is about to end. */
    AMBER("#9a5b00"),
    /** Something failed. */
    RED("#b3261e"),
    /** Something is well again. */
    GREEN("#1e6b3a");

    private final String colour;

    Tone(String colour) {
      this.colour = colour;
    }

    /** As HTML has it. */
    public String colour() {
      return colour;
    }
  }

  /**
   * A button.
   *
   * @param label what is on it
   * @param link where it leads
   */
  public record Action(String label, String link) {}

  /**
   * A line of a short table.
   *
   * @param label what it is
   * @param value the value
   */
  public record Fact(String label, String value) {}

  /**
   * A row of a list.
   *
   * @param title what it is
   * @param link where it leads, or null
   * @param detail more about it, or null
   * @param amount at the right edge, or null
   * @param age below the amount, or null
   */
  public record Row(String title, String link, String detail, String amount, String age) {}

  /**
   * A piece of the letter. Which one it is decides what it has.
   *
   * @param kind what it is
   * @param title a heading over it, or null
   * @param text its text, or null
   * @param facts its facts
   * @param rows its rows
   */
  public record Block(Kind kind, String title, String text, List<Fact> facts, List<Row> rows) {

    public Block {
      facts = List.copyOf(facts);
      rows = List.copyOf(rows);
    }

    /** What a block may be. */
    public enum Kind {
      /** Words of ours. */
      PARAGRAPH,
      /** Words of somebody else's, lines kept. */
      QUOTE,
      /** A heading of a group. */
      HEADING,
      /** Labels and values. */
      FACTS,
      /** Records, one under the other. */
      ROWS
    }

    static Block paragraph(String text) {
      return new Block(Kind.PARAGRAPH, null, text, List.of(), List.of());
    }

    static Block paragraph(String title, String text) {
      return new Block(Kind.PARAGRAPH, title, text, List.of(), List.of());
    }

    static Block quote(String title, String text) {
      return new Block(Kind.QUOTE, title, text, List.of(), List.of());
    }

    static Block heading(String title) {
      return new Block(Kind.HEADING, title, null, List.of(), List.of());
    }

    static Block facts(List<Fact> facts) {
      return new Block(Kind.FACTS, null, null, facts, List.of());
    }

    static Block rows(String title, String text, List<Row> rows) {
      return new Block(Kind.ROWS, title, text, List.of(), rows);
    }

    /** For the templates. */
    public boolean means(String word) {
      return kind.name().equalsIgnoreCase(word);
    }

    /** The text line by line. */
    public List<String> lines() {
      return text == null ? List.of() : text.lines().toList();
    }
  }
}
