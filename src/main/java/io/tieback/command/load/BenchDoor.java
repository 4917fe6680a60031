package io.tieback.command.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tieback.command.seed.ContractorSeed;
import io.tieback.command.seed.GeneratedContractor;
import io.tieback.command.seed.SandboxControl;
import io.tieback.command.wiring.Deployment;
import io.tieback.construction.ConnectionId;
import io.tieback.flow.door.TiebackDoor;
import io.tieback.sandbox.Sandbox;
import io.tieback.sandbox.SandboxOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The calls of one reading at Tieback's own door, at two sizes of what exists: they follow
 * projects, kinds and what changed, and do not grow with the rest (design section 10).
 */
public final class BenchDoor {

  private static final ConnectionId CONNECTION = new ConnectionId("main");
  private static final long COMPANY = 8080;
  private static final String REDIRECT = "http://localhost:8400/callback";
  private static final long FIGURES = 20_260_101;
  private static final List<Integer> SIZES = List.of(200, 2_000);
  private static final int CHANGED = 10;
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private BenchDoor() {}

  /** Calls of one reading. */
  private record Counted(int records, Map<String, Long> calls) {
    long all() {
      return calls.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * Runs it and prints what was counted.
   *
   * @param folder work folder
   * @return whether the calls are the same at both sizes
   */
  public static boolean run(Path folder, PrintWriter out) {
    List<List<Counted>> readings = new ArrayList<>();
    for (int invoices : SIZES) {
      readings.add(readings(folder, invoices, out));
    }
    boolean same = true;
    List<String> words = List.of("nothing changed", CHANGED + " invoices changed");
    for (int which = 0; which < words.size(); which++) {
      long least = readings.get(0).get(which + 1).all();
      long most = readings.get(1).get(which + 1).all();
      same &= least == most;
      out.printf(
          "Calls of a reading, %s: %d with %d invoices, %d with %d.%n",
          words.get(which), least, SIZES.get(0), most, SIZES.get(1));
    }
    out.println(
        same ? "The calls do not grow with what exists." : "The calls GROW with what exists.");
    out.flush();
    return same;
  }

  /** The first reading, one with nothing changed, and one with a few changed. */
  private static List<Counted> readings(Path folder, int invoices, PrintWriter out) {
    Path run = RunFolder.make(folder);
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.anywhere())) {
      ContractorSeed seed =
          GeneratedContractor.seed(CONNECTION, COMPANY, REDIRECT, invoices, FIGURES);
      ((ObjectNode) seed.procore().at("/companies/0")).put("erpIntegration", false);
      SandboxControl procore = new SandboxControl(sandbox.procoreUrl());
      procore.settings(JSON.objectNode().put("rateLimitsOn", false).put("recordLimit", 1));
      new LoadSeed(procore, new SandboxControl(sandbox.xeroUrl())).plant(seed);
      new LoadConfiguration(
              run.resolve("database"),
              folder.resolve("programs"),
              LoadPorts.free(),
              LoadPorts.free())
          .connection(seed, REDIRECT, sandbox.procoreUrl(), sandbox.xeroUrl())
          .with("connection." + CONNECTION + ".door", "tieback")
          .with("connection." + CONNECTION + ".door.overlap", "PT1S")
          .write(run.resolve("config"));
      List<Counted> counted = new ArrayList<>();
      try (Deployment deployment = Deployment.open(run.resolve("config"))) {
        LoadSignIn.signIn(deployment, CONNECTION);
        counted.add(reading(deployment, "first reading of " + invoices + " invoices", out));
        // The second reading begins an overlap before the first, when all this was being seeded:
        // it is not counted, since nobody seeds a company while it is read.
        deployment.door().reading().sync(CONNECTION);
        counted.add(reading(deployment, "nothing changed, " + invoices + " invoices", out));
        change(procore, seed);
        counted.add(reading(deployment, CHANGED + " changed of " + invoices + " invoices", out));
      }
      RunFolder.delete(run);
      return counted;
    }
  }

  private static void change(SandboxControl procore, ContractorSeed seed) {
    procore.post("clock", JSON.objectNode().put("advanceSeconds", 3_600));
    for (long id : seed.requisitionIds().subList(0, CHANGED)) {
      ObjectNode body = JSON.objectNode().put("type", "requisition").put("id", id);
      body.putObject("fields").put("invoice_number", "CHANGED-" + id);
      procore.post("people/edit", body);
    }
  }

  private static Counted reading(Deployment deployment, String what, PrintWriter out) {
    Map<String, Long> before = procoreCalls(deployment);
    long began = System.nanoTime();
    TiebackDoor.Report report = deployment.door().reading().sync(CONNECTION);
    long millis = (System.nanoTime() - began) / 1_000_000;
    Map<String, Long> calls = procoreCalls(deployment);
    before.forEach((name, count) -> calls.merge(name, -count, Long::sum));
    calls.values().removeIf(count -> count == 0);
    Counted counted = new Counted(report.records(), calls);
    out.printf(
        "%s: %d records, %d sent, %d calls in %d ms %s%n",
        what, report.records(), report.sent(), counted.all(), millis, calls);
    report.problems().forEach(problem -> out.println("  not read: " + problem));
    out.flush();
    return counted;
  }

  private static Map<String, Long> procoreCalls(Deployment deployment) {
    Map<String, Long> calls = new TreeMap<>(deployment.tally().byName());
    calls.keySet().removeIf(name -> !name.startsWith("procore.") || name.contains("token"));
    return calls;
  }
}
