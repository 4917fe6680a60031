package io.tieback.platform;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/** What the process itself uses, beside Camel's own figures. */
final class ProcessGauges {

  private ProcessGauges() {}

  /** Adds {@code tieback_heap_peak_bytes} and {@code tieback_process_cpu_seconds_total}. */
  static void bind(MeterRegistry registry) {
    Gauge.builder("tieback.heap.peak.bytes", ProcessGauges::heapPeak)
        .description("highest use of each heap pool since the start, added up")
        .register(registry);
    FunctionCounter.builder(
            "tieback.process.cpu.seconds",
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class),
            system -> system.getProcessCpuTime() / 1e9)
        .description("processor time that this process has used")
        .register(registry);
  }

  /** The pools' peaks need not have met in time: the sum is an upper bound. */
  static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(java.lang.management.MemoryUsage::getUsed)
        .sum();
  }
}
