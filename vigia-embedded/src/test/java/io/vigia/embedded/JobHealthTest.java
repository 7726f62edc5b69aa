package io.vigia.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.flink.api.common.JobStatus;
import org.junit.jupiter.api.Test;

class JobHealthTest {
  @Test
  void isRunning_oneTaskMissing_isFalse() {
    assertFalse(new JobHealth("p", JobStatus.RUNNING, 4, 3, 0, 0, 0, null).isRunning());
    assertFalse(new JobHealth("p", JobStatus.RUNNING, 0, 0, 0, 0, 0, null).isRunning());
    assertFalse(new JobHealth("p", JobStatus.RESTARTING, 4, 4, 0, 0, 0, null).isRunning());
    assertTrue(new JobHealth("p", JobStatus.RUNNING, 4, 4, 0, 0, 0, null).isRunning());
  }

  @Test
  void summary_failure_isNamed() {
    assertEquals(
        "3 of 4 tasks run, 2 restarts, last failure: no broker",
        new JobHealth("p", JobStatus.RESTARTING, 4, 3, 2, 0, 0, "no broker").summary());
  }
}
