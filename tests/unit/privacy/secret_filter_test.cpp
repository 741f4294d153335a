#include "privacy/secret_filter.hpp"

#include "support/catch.hpp"

namespace pycore {
namespace {

std::string redacted(std::string text)
{
    SecretFilter filter;
    filter.redact(text, "here");
    return text;
}

std::string repeated(const std::string& text, int count)
{
    std::string result;
    for (int i = 0; i < count; ++i) {
        result += text;
    }
    return result;
}

TEST_CASE("names that sound secret are told from others", "[privacy]")
{
    const SecretFilter filter;
    for (const char* name :
         {"password", "PASSWD", "db_password", "passphrase", "client_secret", "TOKEN", "apiKey",
          "api_key", "API-KEY", "Authorization", "auth", "cookie", "credentials", "private_key",
          "sessionid", "SENTRY_DSN", "bearer", "authorName_token"}) {
        INFO(name);
        CHECK(filter.is_secret_name(name));
    }
    for (const char* name : {"author", "authority", "pass_", "path", "key", "name", "self", ""}) {
        INFO(name);
        CHECK_FALSE(filter.is_secret_name(name));
    }
}

TEST_CASE("secrets are found by their looks", "[privacy]")
{
    CHECK(redacted("'-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY-----\\n'") ==
          "'<redacted>\\n'");
    CHECK(redacted("'-----BEGIN PRIVATE KEY-----\\nMIIE'...") == "'<redacted>");
    CHECK(redacted("x eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_1 y") == "x <redacted> y");
    CHECK(redacted("AKIAIOSFODNN7EXAMPLE") == "<redacted>");
    CHECK(redacted("['ghp_" + std::string(36, 'a') + "']") == "['<redacted>']");
    CHECK(redacted("postgres://bob:hunter2@db:5432/x") == "postgres://<redacted>@db:5432/x");
    CHECK(redacted("Authorization: Bearer abcdefgh123") == "Authorization: Bearer <redacted>");
    for (const char* text : {"https://example.com/a@b", "eyJ", "AKIA", "a-sk-b", "task-force",
                             "MAKIAIOSFODNN7EXAMPLE"}) {
        CHECK(redacted(text) == text);
    }
}

TEST_CASE("what stands after a secret's name is one", "[privacy]")
{
    CHECK(redacted("--password=hunter2 --user=bob") == "--password=<redacted> --user=bob");
    CHECK(redacted("User(name='bob', password='it\\'s', age=3)") ==
          "User(name='bob', password='<redacted>', age=3)");
    CHECK(redacted("{\"token\": \"abc\", \"n\": 1}") == "{\"token\": \"<redacted>\", \"n\": 1}");
    CHECK(redacted("'{\\\"token\\\": \\\"abc\\\"}'") == "'{\\\"token\\\": \\\"<redacted>\\\"}'");
    CHECK(redacted("password=None, secret=True") == "password=None, secret=True");
    CHECK(redacted("password='<redacted>'") == "password='<redacted>'");
    CHECK(redacted("x=token") == "x=token");
}

TEST_CASE("the value of a secret is found under other names", "[privacy]")
{
    SecretFilter filter;
    std::string secret = "'hunter2!'";
    CHECK(filter.redact_named(secret, "variables"));
    CHECK(secret == "<redacted>");
    std::string message = "login with hunter2! failed";
    CHECK(filter.redact(message, "exceptions"));
    CHECK(message == "login with <redacted> failed");
    std::string other = "hunter";
    CHECK_FALSE(filter.redact(other, "exceptions"));

    const auto counts = filter.redactions();
    REQUIRE(counts.size() == 2);
    CHECK(counts[0].where == "exceptions");
    CHECK(counts[0].reason == "known-secret");
    CHECK(counts[1].reason == "secret-name");
    CHECK(counts[1].count == 1);
}

TEST_CASE("what tells nothing is no secret, nor is a short word elsewhere", "[privacy]")
{
    SecretFilter filter;
    for (std::string text : {"None", "True", "''", "<function f at 0x7f>", "<class 'app.Session'>",
                             "<app.Session object at 0x7f10>", "<corrupt: freed object at 0x10>"}) {
        const std::string before = text;
        CHECK_FALSE(filter.redact_named(text, "variables"));
        CHECK(text == before);
    }
    std::string shortest = "'test'";
    CHECK(filter.redact_named(shortest, "variables"));
    std::string other = "a test";
    CHECK_FALSE(filter.redact(other, "variables"));
}

TEST_CASE("a pattern of the user makes names and texts secret", "[privacy]")
{
    const std::vector<std::string> patterns{"acme*"};
    SecretFilter filter(patterns);
    CHECK(filter.is_secret_name("acme_customer"));
    std::string text = "sold to ACME-West today";
    CHECK(filter.redact(text, "variables"));
    CHECK(text == "sold to <redacted> today");
    CHECK(filter.redactions().front().reason == "pattern");
}

TEST_CASE("code keeps the names of what it passes", "[privacy]")
{
    SecretFilter filter;
    std::string line = "connect(token=self.token)";
    CHECK_FALSE(filter.redact_code(line, "source"));
    std::string with_key = "KEY = 'AKIAIOSFODNN7EXAMPLE'";
    CHECK(filter.redact_code(with_key, "source"));
    CHECK(with_key == "KEY = '<redacted>'");
}

TEST_CASE("hostile texts take no longer than plain ones", "[privacy]")
{
    for (const std::string& part :
         {std::string("token="), std::string("'token':'"), std::string("-----BEGIN "),
          std::string("eyJ"), std::string("://"), std::string("Bearer "), std::string("ghp_"),
          std::string("="), std::string("\\'token\\': \\'"), std::string("password=\"")}) {
        std::string text = repeated(part, static_cast<int>((1 << 20) / part.size()));
        SecretFilter filter;
        CHECK_NOTHROW(filter.redact(text, "here"));
    }
}

}  // namespace
}  // namespace pycore
