package io.tieback.command.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code bench} found out.
 *
 * @param invoices how many went out
 * @param load the machine's load average before anything was started
 * @param figures in the order of the report
 * @param calls what both stand-ins received
 * @param books what both sides say in the end
 * @param stuck the ledger's counts of records that did not arrive, in words
 */
public record BenchReport(
    int invoices,
    String load,
    List<BenchFigure> figures,
    BenchCalls calls,
    BenchBooks books,
    List<String> stuck) {

  /** Whether every invoice arrived and both sides agree to the cent. */
  public boolean complete() {
    return stuck.isEmpty() && books.agree() && books.arrived() == invoices;
  }

  /** Prints it as people read it. */
  public void print(PrintWriter out) {
    out.println();
    int width = figures.stream().mapToInt(figure -> figure.name().length()).max().orElse(10);
    String form = "%-" + width + "s  %14s %-10s  %-12s %s%n";
    out.printf(form, "figure", "measured", "", "target", "");
    for (BenchFigure figure : figures) {
      String verdict = figure.target() == null ? "" : figure.met() ? "met" : "MISSED";
      out.printf(
          form,
          figure.name(),
          figure.measured().toPlainString(),
          figure.unit(),
          figure.targetText(),
          verdict);
    }
    out.println();
    out.println("API calls: " + words(calls.words()));
    out.println(
        "arrived "
            + books.arrived()
            + " of "
            + invoices
            + "; net in Procore "
            + books.procoreNet().toPlainString()
            + ", total in the books "
            + books.erpTotal().toPlainString());
    stuck.forEach(line -> out.println("not finished: " + line));
    books.differences().forEach(line -> out.println("differs: " + line));
    out.println(complete() ? "complete; both sides agree to the cent" : "NOT COMPLETE");
    out.flush();
  }

  private static String words(Map<String, Long> counts) {
    List<String> words = new ArrayList<>();
    counts.forEach((name, count) -> words.add(name + " " + count));
    return String.join(", ", words);
  }

  /** Writes it as JSON. */
  public void write(Path file) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("invoices", invoices).put("arrived", books.arrived()).put("complete", complete());
    json.put("procoreNet", books.procoreNet()).put("xeroTotal", books.erpTotal());
    json.put("loadAverageBefore", load)
        .put("processors", Runtime.getRuntime().availableProcessors());
    json.put("java", System.getProperty("java.vm.version"));
    figures.forEach(figure -> json.withArrayProperty("figures").add(figure.json()));
    json.set("calls", calls.json());
    stuck.forEach(json.putArray("stuck")::add);
    books.differences().forEach(json.putArray("differences")::add);
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Files.writeString(
          file,
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json)
              + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
