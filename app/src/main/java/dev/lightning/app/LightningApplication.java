package dev.lightning.app;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/** Starts the product. */
@SpringBootApplication(exclude = UserDetailsServiceAutoConfiguration.class)
public class LightningApplication {
    public static void main(String[] arguments) {
        Launch.of(LightningApplication.class).run(arguments);
    }
}
