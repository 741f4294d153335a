#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "collector/settings.hpp"
#include "format.hpp"
#include "pycore/analyze.hpp"

namespace pycore {

/// Many cores to report on, as the command line asks for it, checked.
struct BatchRequest {
    std::vector<std::string> inputs;  ///< files and folders; never empty
    std::string output_folder;
    std::vector<const Format*> formats;  ///< never empty, none twice
    std::size_t jobs = 0;                ///< cores read at a time; 0: as many as processors
    bool new_only = false;
    bool force = false;
    std::uint64_t worker_memory = 0;  ///< of each process that reads a core; 0: chosen by run_batch
    bool all_frames = false;
    bool all_locals = false;
    /// The same for two command lines that ask for the same reports.
    std::string options_key;
    Options analysis;
    /// For cores of hostile origin: each is read in a sandbox, as these say.
    std::optional<CollectorSettings> collector;
    bool log_journal = false;            ///< a record in systemd's journal for each new report
    std::function<void(Report&)> amend;  ///< adds to each report before it is written
};

}  // namespace pycore
