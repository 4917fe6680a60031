package io.tieback.trouble;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Every line that is logged in this process, as an operator's log collector gets it. */
final class LogLines extends AbstractAppender implements AutoCloseable {

  private final List<String> lines = new CopyOnWriteArrayList<>();

  LogLines() {
    super("trouble-log-lines", null, null, true, Property.EMPTY_ARRAY);
    start();
    context().getRootLogger().addAppender(this);
  }

  private static LoggerContext context() {
    return (LoggerContext) LogManager.getContext(false);
  }

  @Override
  public void append(LogEvent event) {
    StringBuilder line = new StringBuilder(event.getMessage().getFormattedMessage());
    for (Throwable at = event.getThrown(); at != null && at != at.getCause(); at = at.getCause()) {
      line.append(" | ").append(at);
    }
    lines.add(event.getLevel() + " " + line);
  }

  /** What was logged so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void close() {
    context().getRootLogger().removeAppender(this);
    stop();
  }
}
