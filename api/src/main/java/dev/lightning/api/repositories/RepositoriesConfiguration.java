package dev.lightning.api.repositories;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Puts the registry of repositories together. */
@Configuration(proxyBeanMethods = false)
@Import(RepoController.class)
public class RepositoriesConfiguration {}
