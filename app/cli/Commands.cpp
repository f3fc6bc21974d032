// SPDX-License-Identifier: Apache-2.0
#include "app/cli/Commands.h"

namespace emend {

std::vector<std::unique_ptr<Command>> allCommands()
{
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(std::make_unique<InfoCommand>());
    commands.push_back(std::make_unique<ConvertCommand>());
    commands.push_back(std::make_unique<PredictCommand>());
    commands.push_back(std::make_unique<TrainCommand>());
    commands.push_back(std::make_unique<EvaluateCommand>());
    commands.push_back(std::make_unique<ExportCommand>());
    commands.push_back(std::make_unique<CheckCommand>());
    commands.push_back(std::make_unique<RepairCommand>());
    commands.push_back(std::make_unique<DemoCommand>());
    commands.push_back(std::make_unique<CorrectionBenchmarkCommand>());
    for (const auto mode : {NetworkBenchmark::Mode::inference, NetworkBenchmark::Mode::training})
        commands.push_back(std::make_unique<NetworkBenchmarkCommand>(mode));
    commands.push_back(std::make_unique<FeaturesBenchmarkCommand>());
    commands.push_back(std::make_unique<LayersBenchmarkCommand>());
    commands.push_back(std::make_unique<MakeBaseModelCommand>());
    return commands;
}

} // namespace emend
