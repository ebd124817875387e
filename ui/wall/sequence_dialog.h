#pragma once

#include "estate/wall_content.h"

#include <QDialog>
#include <functional>
#include <optional>
#include <vector>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace leedswatch::ui {

/// Makes or edits a sequence: its name, its cameras in order, how long each is shown. Cameras are typed by number
/// ("12 14 20-23") or taken from the wall. It stays open until the store has taken it.
class SequenceDialog final : public QDialog {
    Q_OBJECT

public:
    struct Named {
        estate::CameraRef camera;
        QString name;
    };
    /// Nothing if there is no camera with that number.
    using Lookup = std::function<std::optional<Named>(int number)>;

    SequenceDialog(Lookup lookup, QWidget* parent);

    /// Edits this one: its name and whose it is stay.
    void setSequence(const QString& name, const estate::SequenceContent& content);
    void setMayShare(bool mayShare);
    /// What "Add the cameras of the wall" adds.
    void setWall(const std::vector<int>& numbers);
    void showProblem(const QString& sentence);

Q_SIGNALS:
    void confirmed(const QString& name, bool isShared, const leedswatch::estate::SequenceContent& content);

private:
    void makeRows();
    void layOut();
    void connectAll();
    void addTyped();
    void addStep(const estate::CameraRef& camera, const QString& name, std::chrono::seconds dwell);
    void moveRow(int by);
    [[nodiscard]] estate::SequenceContent content() const;
    void look();

    const Lookup m_lookup;
    std::vector<int> m_wall;
    QLineEdit* m_name;
    QCheckBox* m_isShared;
    QLineEdit* m_numbers;
    QSpinBox* m_dwell;
    QPushButton* m_addWall;
    QTableWidget* m_steps;
    QPushButton* m_up;
    QPushButton* m_down;
    QPushButton* m_remove;
    QCheckBox* m_passesOver;
    QLabel* m_problem;
    QPushButton* m_confirm;
};

/// "12 14, 20-23" as numbers in order; nothing if the text is anything else. At most 200 numbers.
[[nodiscard]] std::optional<std::vector<int>> cameraNumbersOf(const QString& text);

}  // namespace leedswatch::ui
