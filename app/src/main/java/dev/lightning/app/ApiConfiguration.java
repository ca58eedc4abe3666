package dev.lightning.app;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The HTTP edge: its controllers are found by scanning, because nobody outside may name them. */
@Configuration(proxyBeanMethods = false)
@Conditional(RunsApi.class)
@ComponentScan("dev.lightning.api")
class ApiConfiguration {}
