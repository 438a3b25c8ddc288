#include "tests/support/process.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdexcept>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace lianxin::test {
namespace {

int code_of(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }

/// In the child: the program, with `env` added. Does not come back.
[[noreturn]] void become(const std::vector<std::string>& argv, const Environment& env) {
  for (const auto& [name, value] : env)
    setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> words;
  words.reserve(argv.size() + 1);
  for (const std::string& word : argv)
    words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  execv(words[0], words.data());
  _exit(127);
}

std::string read_all(int fd) {
  std::string text;
  char buffer[8192];
  for (;;) {
    const ssize_t n = read(fd, buffer, sizeof buffer);
    if (n <= 0) break;
    text.append(buffer, static_cast<std::size_t>(n));
  }
  close(fd);
  return text;
}

void pipe_or_throw(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
}

}  // namespace

Ran run(const std::vector<std::string>& argv, const Environment& env, const std::string& input) {
  int in[2];
  int out[2];
  int err[2];
  pipe_or_throw(in);
  pipe_or_throw(out);
  pipe_or_throw(err);
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(in[0], 0);
    dup2(out[1], 1);
    dup2(err[1], 2);
    become(argv, env);
  }
  close(in[0]);
  close(out[1]);
  close(err[1]);
  Ran ran;
  std::thread writer([&] {
    std::size_t at = 0;
    while (at < input.size()) {
      const ssize_t n = write(in[1], input.data() + at, input.size() - at);
      if (n <= 0) break;
      at += static_cast<std::size_t>(n);
    }
    close(in[1]);
  });
  std::thread errors([&] { ran.err = read_all(err[0]); });
  ran.out = read_all(out[0]);
  errors.join();
  writer.join();
  int status = 0;
  waitpid(pid, &status, 0);
  ran.exit_code = code_of(status);
  return ran;
}

Background::Background(const std::vector<std::string>& argv, const Environment& env,
                       const std::filesystem::path& log) {
  int out[2];
  pipe_or_throw(out);
  const int log_fd = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  pid_ = fork();
  if (pid_ == 0) {
    dup2(out[1], 1);
    if (log_fd >= 0) dup2(log_fd, 2);
    become(argv, env);
  }
  close(out[1]);
  if (log_fd >= 0) close(log_fd);
  out_ = out[0];
}

Background::Background(Background&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), out_(std::exchange(other.out_, -1)), status_(other.status_) {}

Background::~Background() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    wait();
  }
  if (out_ >= 0) close(out_);
}

std::string Background::first_line(int timeout_ms) {
  std::string line;
  for (;;) {
    pollfd waiting{out_, POLLIN, 0};
    if (poll(&waiting, 1, timeout_ms) <= 0) return {};
    char c = 0;
    if (read(out_, &c, 1) != 1) return {};
    if (c == '\n') return line;
    line += c;
  }
}

void Background::signal(int number) const {
  if (pid_ > 0) kill(pid_, number);
}

int Background::wait() {
  if (pid_ > 0) {
    int status = 0;
    waitpid(pid_, &status, 0);
    status_ = code_of(status);
    pid_ = -1;
  }
  return status_;
}

bool Background::is_running() {
  if (pid_ <= 0) return false;
  int status = 0;
  if (waitpid(pid_, &status, WNOHANG) == pid_) {
    status_ = code_of(status);
    pid_ = -1;
    return false;
  }
  return true;
}

TempFolder::TempFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "lianxin-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path program(const std::string& name) {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
}

}  // namespace lianxin::test
