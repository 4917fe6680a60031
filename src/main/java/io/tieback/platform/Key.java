package io.tieback.platform;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One setting: its name, what may be written, and everything a person needs to know to set it. The
 * reference in {@code docs/configuration.md} is generated from these.
 *
 * @param <T> what the program gets
 */
public final class Key<T> {

  /** What stands in a name for the connection. */
  public static final String CONNECTION = "<connection>";

  /** How names begin that belong to one connection. */
  public static final String CONNECTION_PREFIX = "connection." + CONNECTION + ".";

  /** Where a relative path starts. */
  public enum PathBase {
    /** The folder in which Tieback was started. */
    WORKING_FOLDER,
    /** The folder that holds {@code tieback.properties}. */
    CONFIGURATION_FOLDER,
    /** The folder in which Tieback is installed. */
    HOME_FOLDER
  }

  /**
   * When a setting without a default has to be given.
   *
   * @param other the setting that decides, or null when it always has to be given
   * @param value the value of {@code other} that demands it
   */
  public record Requirement(Key<?> other, String value) {}

  /**
   * What may be written while another setting has a value, where that is less than otherwise.
   *
   * @param other the setting that decides
   * @param value the value of {@code other} under which only this may be written
   * @param type what may be written then
   */
  public record Narrowed(Key<?> other, String value, ValueType<?> type) {}

  private final String name;
  private final ValueType<T> type;
  private final String description;
  private final String standard;
  private final String example;
  private final boolean secret;
  private final Requirement requirement;
  private final Narrowed narrowed;
  private final PathBase pathBase;

  private Key(Builder<T> builder, String description) {
    this.name = builder.name;
    this.type = builder.type;
    this.description = description;
    this.standard = builder.standard;
    this.example = Objects.requireNonNullElse(builder.example, builder.standard);
    this.secret = builder.secret;
    this.requirement = builder.requirement;
    this.narrowed = builder.narrowed;
    this.pathBase = builder.pathBase;
    if (example == null) {
      throw new IllegalStateException("setting " + name + " has neither default nor example");
    }
    type.read(example);
    if (standard != null) {
      type.read(standard);
    }
  }

  /** Begins a setting of the whole deployment. */
  public static <T> Builder<T> of(String name, ValueType<T> type) {
    return new Builder<>(name, type);
  }

  /** Begins a setting that each connection has of its own; the name follows the connection's. */
  public static <T> Builder<T> ofConnection(String name, ValueType<T> type) {
    return new Builder<>(CONNECTION_PREFIX + name, type);
  }

  /** The name, with {@value #CONNECTION} where the connection's name goes. */
  public String name() {
    return name;
  }

  /** The name for one connection. */
  public String name(String connection) {
    return name.replace(CONNECTION, connection);
  }

  /** Whether each connection has its own value. */
  public boolean perConnection() {
    return name.startsWith(CONNECTION_PREFIX);
  }

  /** What may be written. */
  public ValueType<T> type() {
    return type;
  }

  /** What it does, for an operator. */
  public String description() {
    return description;
  }

  /** What applies when nothing is written; empty when there is no default. */
  public Optional<String> standard() {
    return Optional.ofNullable(standard);
  }

  /** A value that could be written. */
  public String example() {
    return example;
  }

  /** Whether the value must never be shown. */
  public boolean secret() {
    return secret;
  }

  /** When it has to be given; empty when it may be left out. */
  public Optional<Requirement> requirement() {
    return Optional.ofNullable(requirement);
  }

  /** When less may be written than {@link #type} says; empty when that always counts. */
  public Optional<Narrowed> narrowed() {
    return Optional.ofNullable(narrowed);
  }

  /** Where a relative path starts; empty for what is no path. */
  public Optional<PathBase> pathBase() {
    return Optional.ofNullable(pathBase);
  }

  /**
   * The environment variable that overrides the files: {@code server.port} is TIEBACK_SERVER_PORT.
   */
  public static String environmentName(String fullName) {
    return "TIEBACK_" + fullName.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name;
  }

  /**
   * Collects what a setting is made of.
   *
   * @param <T> what the program gets
   */
  public static final class Builder<T> {
    private final String name;
    private final ValueType<T> type;
    private String standard;
    private String example;
    private boolean secret;
    private Requirement requirement;
    private Narrowed narrowed;
    private PathBase pathBase;

    private Builder(String name, ValueType<T> type) {
      this.name = name;
      this.type = type;
    }

    /** What applies when nothing is written. */
    public Builder<T> standard(String value) {
      this.standard = value;
      return this;
    }

    /** A value that could be written; the default when it is left out. */
    public Builder<T> example(String value) {
      this.example = value;
      return this;
    }

    /** Never shown in a log, an error or a listing. */
    public Builder<T> secret() {
      this.secret = true;
      return this;
    }

    /** Has to be given. */
    public Builder<T> required() {
      this.requirement = new Requirement(null, null);
      return this;
    }

    /** Has to be given when another setting (of the same connection) has this value. */
    public Builder<T> requiredWhen(Key<?> other, String value) {
      this.requirement = new Requirement(other, value);
      return this;
    }

    /** Takes less while another setting (of the same connection) has this value. */
    public Builder<T> narrowedWhen(Key<?> other, String value, ValueType<T> type) {
      this.narrowed = new Narrowed(other, value, type);
      return this;
    }

    /** Where a relative path starts. */
    public Builder<T> startingAt(PathBase base) {
      this.pathBase = base;
      return this;
    }

    /** Finishes the setting. */
    public Key<T> described(String... sentences) {
      return new Key<>(this, String.join(" ", List.of(sentences)));
    }
  }
}
