#pragma once

#include "ui/common/console_context.h"
#include "ui/common/worker.h"

#include <QObject>
#include <QProcess>
#include <QStringList>
#include <QTimer>
#include <filesystem>

namespace leedswatch::ui {

/// A whole control room on one machine: simulated cameras, a station, people and a few lines in the log. The simulator
/// and the station are children: they end with this object, and with the console however that ends.
class DemoEstate final : public QObject {
    Q_OBJECT

public:
    /// `programs` is the folder with leedswatch-simulator and leedswatch-station.
    DemoEstate(ConsoleContext& context, std::filesystem::path programs, QObject* parent = nullptr);
    ~DemoEstate() override;

    void start();

Q_SIGNALS:
    void progressed(const QString& sentence);
    /// Cameras, people and station are there.
    void ready(const leedswatch::access::Acting& supervisor);
    void failed(const QString& sentence);

private:
    struct Program {
        QProcess process;
        QString name;
        bool isExpectedToRun = false;
        QString lastWords;
    };
    void launch(Program& program, const QStringList& arguments);
    void readSimulator();
    void takeCameras();
    void startStation();
    void giveUp(const QString& sentence);
    void stop(Program& program);

    ConsoleContext& m_context;
    const std::filesystem::path m_programs;
    Program m_simulator;
    Program m_station;
    QTimer m_patience;
    bool m_isReady = false;
    bool m_hasFailed = false;
    Worker m_worker;
};

}  // namespace leedswatch::ui
