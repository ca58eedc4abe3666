package dev.lightning.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the product. */
@SpringBootApplication
public class LightningApplication {
    public static void main(String[] arguments) {
        SpringApplication.run(LightningApplication.class, arguments);
    }
}
