/** What tests of several modules need from the machine, found or started in one place. */
package dev.lightning.providers.testing;
