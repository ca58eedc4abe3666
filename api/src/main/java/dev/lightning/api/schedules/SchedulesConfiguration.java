package dev.lightning.api.schedules;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts the schedules together; their rows, settings and Temporal's client come from outside. */
@Configuration(proxyBeanMethods = false)
@Import({
    ScheduleController.class,
    ScheduleControlController.class,
    ScheduleReader.class,
    Schedules.class,
    ScheduleControls.class,
    TemporalSchedulesConfiguration.class
})
public class SchedulesConfiguration {}
