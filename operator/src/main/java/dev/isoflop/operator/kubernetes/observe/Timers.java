package dev.isoflop.operator.kubernetes.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobDataMap;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;

/**
 * Quartz, in memory. Nothing is lost with it: every time that matters follows from a status, and is
 * set again by the first turn of an operator that starts to lead. What runs here only enqueues
 * turns and fetches metrics.
 */
public final class Timers implements AutoCloseable {
  private static final String WORK = "work";
  private static final int THREADS = 2;

  private final Scheduler scheduler;

  public Timers(String name) {
    Properties properties = new Properties();
    properties.setProperty("org.quartz.scheduler.instanceName", name);
    properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.setProperty("org.quartz.threadPool.threadCount", Integer.toString(THREADS));
    properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    properties.setProperty("org.quartz.scheduler.makeSchedulerThreadDaemon", "true");
    properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
    try {
      scheduler = new StdSchedulerFactory(properties).getScheduler();
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  public void start() {
    try {
      scheduler.start();
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  /** Runs something once; an earlier appointment of the same name is dropped. */
  public void at(String name, Instant time, Runnable work) {
    schedule(
        job(name, work),
        TriggerBuilder.newTrigger()
            .withIdentity(name)
            .startAt(Date.from(time))
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow()));
  }

  /** Runs something again and again; ticks that were missed are not made up for. */
  public void every(String name, Duration interval, Runnable work) {
    schedule(
        job(name, work),
        TriggerBuilder.newTrigger()
            .withIdentity(name)
            .startNow()
            .withSchedule(
                SimpleScheduleBuilder.simpleSchedule()
                    .withIntervalInMilliseconds(interval.toMillis())
                    .repeatForever()
                    .withMisfireHandlingInstructionNextWithRemainingCount()));
  }

  public void cancel(String name) {
    try {
      scheduler.deleteJob(JobKey.jobKey(name));
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  private static JobDetail job(String name, Runnable work) {
    JobDataMap data = new JobDataMap();
    data.put(WORK, work);
    return JobBuilder.newJob(Appointment.class).withIdentity(name).usingJobData(data).build();
  }

  private void schedule(JobDetail job, TriggerBuilder<?> trigger) {
    try {
      scheduler.scheduleJob(job, Set.of(trigger.forJob(job).build()), true);
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    try {
      scheduler.shutdown(false);
    } catch (SchedulerException e) {
      throw failed(e);
    }
  }

  private static IllegalStateException failed(SchedulerException e) {
    return new IllegalStateException("a scheduler in memory works until it is shut down", e);
  }

  /** Made by Quartz. */
  @DisallowConcurrentExecution
  public static final class Appointment implements Job {
    @Override
    public void execute(JobExecutionContext context) {
      Object work = context.getMergedJobDataMap().get(WORK);
      ((Runnable) Objects.requireNonNull(work, "every appointment has its work")).run();
    }
  }
}
