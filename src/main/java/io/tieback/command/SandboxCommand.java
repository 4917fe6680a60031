package io.tieback.command;

import io.tieback.sandbox.Sandbox;
import io.tieback.sandbox.SandboxOptions;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tieback sandbox}: the stand-ins alone, for developing against. */
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description =
        "Starts the stand-ins for Procore, Xero and QuickBooks Online on loopback, empty, and stays"
            + " up.")
final class SandboxCommand implements Callable<Integer> {

  @Spec CommandSpec spec;

  @Option(
      names = "--procore-port",
      paramLabel = "PORT",
      defaultValue = "4010",
      description = "Port of the Procore stand-in; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  int procorePort;

  @Option(
      names = "--xero-port",
      paramLabel = "PORT",
      defaultValue = "4020",
      description = "Port of the Xero stand-in; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  int xeroPort;

  @Option(
      names = "--quickbooks-online-port",
      paramLabel = "PORT",
      defaultValue = "4030",
      description =
          "Port of the QuickBooks Online stand-in; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
  int quickBooksOnlinePort;

  @Override
  public Integer call() throws InterruptedException {
    Choice.ports(procorePort, xeroPort, quickBooksOnlinePort, spec.commandLine());
    Sandbox sandbox =
        Sandbox.start(new SandboxOptions("127.0.0.1", procorePort, xeroPort, quickBooksOnlinePort));
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  asked.countDown();
                  try {
                    ended.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "end-of-sandbox"));
    spec.commandLine().getOut().println("procore           " + sandbox.procoreUrl());
    spec.commandLine().getOut().println("xero              " + sandbox.xeroUrl());
    spec.commandLine().getOut().println("quickbooks-online " + sandbox.quickBooksOnlineUrl());
    spec.commandLine().getOut().println("control /_sandbox on each; Ctrl-C ends it");
    spec.commandLine().getOut().flush();
    asked.await();
    sandbox.close();
    ended.countDown();
    return 0;
  }
}
